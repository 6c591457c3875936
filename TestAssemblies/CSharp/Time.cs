namespace Scenarios;

/// <summary>The time of the scenarios: it stands still but for what they add to it.</summary>
public static class Time
{
    public static long Ticks;

    public static long Read() => Interlocked.Read(ref Ticks);
}
