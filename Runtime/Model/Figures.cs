namespace ProfilerWeaver;

/// <summary>The four figures of a row, or of one caller's share in it.</summary>
/// <param name="Calls">How often the method was called (pstats: <c>nc</c>, column <c>ncalls</c>).</param>
/// <param name="PrimitiveCalls">The calls made while the method was not already running (pstats:
/// <c>cc</c>).</param>
/// <param name="TotalTime">Time spent in the method itself, without its callees, in seconds (pstats: <c>tt</c>, column
/// <c>tottime</c>).</param>
/// <param name="CumulativeTime">Time from entry to exit of the primitive calls, including callees, in seconds (pstats:
/// <c>ct</c>, column <c>cumtime</c>).</param>
/// <remarks>If the profile counts bytes instead of time, these are bytes. Files of Python's <c>profile</c> module contain
/// only the number of calls for each caller; its times are <see cref="double.NaN"/>.</remarks>
public readonly record struct Figures(long Calls, long PrimitiveCalls, double TotalTime, double CumulativeTime)
{
    /// <summary>How often a suspended async method or iterator was resumed, which is not a call; also 0 if unknown, as in
    /// tables without a recording.</summary>
    public long Resumes { get; init; }

    /// <summary>How much recording had added to <see cref="TotalTime"/>, from which it has been taken off; 0 if that is unknown,
    /// as in tables without a recording.</summary>
    public double RecordingTime { get; init; }

    /// <summary>Whether recording added at least half of what was measured of <see cref="TotalTime"/>: what is left is little more
    /// than an estimate.</summary>
    public bool IsDominated => RecordingTime > 0 && RecordingTime >= TotalTime;

    /// <summary>How often the method was found on top of a stack, if the profile's clock is sampled; otherwise 0, and also 0 in
    /// tables without a recording. <see cref="TotalTime"/> is as exact as these are many.</summary>
    public long Samples { get; init; }

    /// <summary>Of an async method: the time from the first entry of each activation to its completion, in seconds, added up; see
    /// <see cref="CallNode.ElapsedTicks"/>. Activations of callers of the same method are not counted again. 0 in tables without a
    /// recording.</summary>
    public double ElapsedTime { get; init; }

    /// <summary>The part of <see cref="ElapsedTime"/> in which no thread was in the activation.</summary>
    public double WaitingTime { get; init; }

    /// <summary>Of an async method: how many calls were suspended and had not completed.</summary>
    public long OpenCalls { get; init; }

    /// <summary>How long the longest call took, in seconds; see <see cref="CallNode.SlowestTicks"/>. 0 if it is not known, as in
    /// tables without a recording.</summary>
    public double SlowestTime { get; init; }

    /// <summary>In how many of the profiles that were merged the method, or the context, occurs; 0 if it is not known: in profiles
    /// that were not merged, and of callers.</summary>
    public long Profiles => Occurrence.Profiles;

    /// <summary>The calls in the one of these <see cref="Profiles"/> that calls it least.</summary>
    public long FewestCalls => Occurrence.FewestCalls;

    /// <summary>The calls in the one of these <see cref="Profiles"/> that calls it most.</summary>
    public long MostCalls => Occurrence.MostCalls;

    internal Occurrence Occurrence { get; init; }

    /// <summary><see cref="TotalTime"/> per call; 0 if there are no calls.</summary>
    public double TotalTimePerCall => Calls == 0 ? 0 : TotalTime / Calls;

    /// <summary><see cref="CumulativeTime"/> per primitive call; 0 if there are none.</summary>
    public double CumulativeTimePerCall => PrimitiveCalls == 0 ? 0 : CumulativeTime / PrimitiveCalls;

    /// <summary>Whether the times are known; false for callers in files of Python's <c>profile</c> module.</summary>
    public bool HasTimes => !(double.IsNaN(TotalTime) && double.IsNaN(CumulativeTime));

    /// <summary>Adds each figure of <paramref name="right"/> to that of <paramref name="left"/>. In how many profiles the sum occurs
    /// is not known.</summary>
    public static Figures operator +(Figures left, Figures right) => new(
        left.Calls + right.Calls,
        left.PrimitiveCalls + right.PrimitiveCalls,
        left.TotalTime + right.TotalTime,
        left.CumulativeTime + right.CumulativeTime)
    {
        Resumes = left.Resumes + right.Resumes,
        RecordingTime = left.RecordingTime + right.RecordingTime,
        Samples = left.Samples + right.Samples,
        ElapsedTime = left.ElapsedTime + right.ElapsedTime,
        WaitingTime = left.WaitingTime + right.WaitingTime,
        OpenCalls = left.OpenCalls + right.OpenCalls,
        SlowestTime = Math.Max(left.SlowestTime, right.SlowestTime),
    };

    /// <summary>Adds each figure of <paramref name="other"/> to this one's.</summary>
    public Figures Add(Figures other) => this + other;

    internal static Figures CallsOnly(long calls) => new(calls, calls, double.NaN, double.NaN);
}
