using System.Globalization;

namespace ProfilerWeaver;

/// <summary>A run in a line: what puts its times into perspective.</summary>
static class RunSummary
{
    /// <summary>For example <c>2 threads, 1.610 s elapsed, clock: wall (time-stamp counter), JIT 0.412 s, GC 0.080 s</c>.</summary>
    public static string Of(ProfileData profile)
    {
        var parts = new List<string>
        {
            profile.ThreadCount == 1 ? "1 thread" : $"{profile.ThreadCount} threads",
            Seconds(profile.Duration) + " elapsed",
        };
        if (profile.Clock.Length > 0)
            parts.Add("clock: " + Printable.Text(profile.Clock));
        if (profile.JitTime > TimeSpan.Zero)
            parts.Add("JIT " + Seconds(profile.JitTime));
        if (profile.GcPauseTime > TimeSpan.Zero)
            parts.Add("GC " + Seconds(profile.GcPauseTime));
        if (profile.TicksLeftOut is { } ticks)
            parts.Add($"{Seconds(TimeSpan.FromSeconds(ticks * profile.SecondsPerTick))} of blocking waits left out");
        return string.Join(", ", parts);
    }

    static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture) + " s";
}
