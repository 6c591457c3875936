namespace ProfilerWeaver;

/// <summary>Sleeps for a time of any length.</summary>
static class Pause
{
    /// <summary>What <see cref="Thread.Sleep(TimeSpan)"/> takes at most: 24 days.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <summary>Sleeps.</summary>
    public static void For(TimeSpan time) => For(time, Thread.Sleep);

    /// <summary>Sleeps by means of another sleep, as often as that takes.</summary>
    internal static void For(TimeSpan time, Action<TimeSpan> sleep)
    {
        for (; time > Longest; time -= Longest)
            sleep(Longest);
        sleep(time);
    }
}
