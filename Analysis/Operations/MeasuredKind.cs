namespace ProfilerWeaver;

/// <summary>What the figures of a profile are. Only those of one kind can be added.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Clock">The clock's name without what differs between machines, such as the counter that it reads; null if the profile
/// does not say.</param>
sealed record MeasuredKind(ClockUnit Unit, string? Clock)
{
    // Of merged profiles, from before clocks of several kinds were refused.
    const string SeveralClocks = "(several)";

    /// <summary>The kind in a sentence that begins with "it records".</summary>
    public string Text => Clock switch
    {
        null => Unit switch
        {
            ClockUnit.Seconds => "time",
            ClockUnit.Bytes => "bytes",
            ClockUnit.None => "only calls",
            _ => "samples",
        },
        "wall" => "wall time",
        "thread CPU" => "CPU time",
        "sampled" => "sampled wall time",
        "sampled CPU" => "sampled CPU time",
        "allocations" => "allocated bytes",
        "none" => "only calls",
        "custom timer" => "the time of a custom timer",
        _ => Clock,
    };

    public static MeasuredKind Of(ProfileData profile) => new(profile.Unit, KindOf(profile.Clock));

    /// <summary>Whether figures of both kinds can be added, as far as that is known.</summary>
    public bool Fits(MeasuredKind other) => Unit == other.Unit && (Clock is null || other.Clock is null || Clock == other.Clock);

    /// <summary>What to call the clock of two profiles that fit: whatever the order of several, the same.</summary>
    public static string CommonClock(string left, string right) =>
        left == right || KindOf(right) is null ? left
        : KindOf(left) is not { } kind ? right
        : IsUnsteady(left) || IsUnsteady(right) ? kind + ProfilerWeaver.Clock.Unsteady
        : kind;

    static bool IsUnsteady(string clock) => clock.EndsWith(ProfilerWeaver.Clock.Unsteady, StringComparison.Ordinal);

    // wall (stopwatch), unsteady
    static string? KindOf(string clock)
    {
        if (clock.Length == 0 || clock == SeveralClocks)
            return null;
        var name = IsUnsteady(clock) ? clock.Substring(0, clock.Length - ProfilerWeaver.Clock.Unsteady.Length) : clock;
        var detail = name.IndexOf(" (", StringComparison.Ordinal);
        return detail > 0 ? name.Substring(0, detail) : name;
    }
}
