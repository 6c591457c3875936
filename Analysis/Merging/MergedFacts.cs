using System.Globalization;

namespace ProfilerWeaver;

/// <summary>What is said of a merged profile: sums, and what all its parts have in common.</summary>
sealed class MergedFacts
{
    /// <summary>The fact that says of how many profiles a merged one is.</summary>
    public const string Count = "merged profiles";

    const string Several = "(several)";

    /// <summary>The length of a tick where the clock counts time.</summary>
    public const double Nanosecond = 1e-9;

    ProfileData? common;
    long count;

    /// <summary>Whether a profile was merged.</summary>
    public static bool AreOf(ProfileData profile) => CountOf(profile) > 0;

    /// <summary>The length of a tick in the merged profile.</summary>
    public static double TickOf(ProfileData profile) => profile.Unit == ClockUnit.Seconds ? Nanosecond : profile.SecondsPerTick;

    /// <summary>Whether a profile certainly records the same as all before, so that it does not matter when it is added.</summary>
    public bool IsOfKnownKind(ProfileData profile) => common is not null && MeasuredKind.Of(common) is { Clock: not null } kind
        && MeasuredKind.Of(profile) == kind && TickOf(profile) == common.SecondsPerTick;

    /// <summary>Adds those of a profile.</summary>
    /// <exception cref="InvalidOperationException">It records something else than those before.</exception>
    public void Add(ProfileData profile)
    {
        if (common is not null && MeasuredKind.Of(profile) is var kind && MeasuredKind.Of(common) is var before && !kind.Fits(before))
            throw new InvalidOperationException($"it records {kind.Text}, not {before.Text}; only profiles of the same kind can be merged");
        if (common is not null && TickOf(profile) != common.SecondsPerTick)
            throw new InvalidOperationException("the unit of its clock is another one; only profiles of the same kind can be merged");
        count += Math.Max(1, CountOf(profile));
        common = common is null ? Alone(profile) : Both(common, profile);
    }

    /// <summary>The facts; there are no methods and no threads.</summary>
    public ProfileData ToData() => common! with
    {
        Environment = [.. common!.Environment, new(Count, count.ToString(CultureInfo.InvariantCulture))],
    };

    static ProfileData Alone(ProfileData profile) => profile with
    {
        SecondsPerTick = TickOf(profile),
        Overhead = RecordingOverhead.None with { IsSampled = profile.Overhead.IsSampled },
        Compensate = false,
        Environment = [.. Known(profile).OrderBy(fact => fact.Key, StringComparer.Ordinal)],
        Methods = [],
        Threads = [],
    };

    static ProfileData Both(ProfileData common, ProfileData other) => common with
    {
        Clock = MeasuredKind.CommonClock(common.Clock, other.Clock),
        Program = Same(common.Program, other.Program),
        Overhead = common.Overhead with { IsSampled = common.Overhead.IsSampled || other.Overhead.IsSampled },
        StartedUtc = common.StartedUtc < other.StartedUtc ? common.StartedUtc : other.StartedUtc,
        Duration = Sum(common.Duration, other.Duration),
        JitTime = Sum(common.JitTime, other.JitTime),
        GcPauseTime = Sum(common.GcPauseTime, other.GcPauseTime),
        InterruptedCalls = common.InterruptedCalls is null && other.InterruptedCalls is null
            ? null
            : (common.InterruptedCalls ?? 0) + (other.InterruptedCalls ?? 0),
        Environment = [.. common.Environment.Where(fact => Known(other).Contains(fact))],
    };

    // A file may claim anything.
    static TimeSpan Sum(TimeSpan left, TimeSpan right) =>
        left > TimeSpan.Zero && right > TimeSpan.MaxValue - left ? TimeSpan.MaxValue
        : left < TimeSpan.Zero && right < TimeSpan.MinValue - left ? TimeSpan.MinValue
        : left + right;

    static string Same(string left, string right) => left == right ? left : Several;

    static IEnumerable<KeyValuePair<string, string>> Known(ProfileData profile) => profile.Environment.Where(fact => fact.Key != Count);

    static long CountOf(ProfileData profile) =>
        profile.Environment.FirstOrDefault(fact => fact.Key == Count).Value is { } text
        && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parts)
            ? parts
            : 0;
}
