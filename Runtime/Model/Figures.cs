namespace ProfilerWeaver;

/// <summary>The four figures of a row, or of one caller's share in it.</summary>
/// <param name="Calls">How often the method was called (pstats: <c>nc</c>, column <c>ncalls</c>).</param>
/// <param name="PrimitiveCalls">The calls that were not made while the method was already running (pstats:
/// <c>cc</c>).</param>
/// <param name="TotalTime">Time spent in the method itself, without its callees, in seconds (pstats: <c>tt</c>, column
/// <c>tottime</c>).</param>
/// <param name="CumulativeTime">Time from entry to exit of the primitive calls, callees included, in seconds (pstats:
/// <c>ct</c>, column <c>cumtime</c>).</param>
/// <remarks>Where the profile counts bytes instead of time, these are bytes. Files of Python's <c>profile</c> module tell of a caller only how often it called; its times are
/// <see cref="double.NaN"/>.</remarks>
public readonly record struct Figures(long Calls, long PrimitiveCalls, double TotalTime, double CumulativeTime)
{
    /// <summary>How often a suspended async method or iterator was entered again, which is not a call; 0 also where it is
    /// not known, as in tables without a recording.</summary>
    public long Resumes { get; init; }

    /// <summary><see cref="TotalTime"/> for each call; 0 without calls.</summary>
    public double TotalTimePerCall => Calls == 0 ? 0 : TotalTime / Calls;

    /// <summary><see cref="CumulativeTime"/> for each primitive call; 0 without any.</summary>
    public double CumulativeTimePerCall => PrimitiveCalls == 0 ? 0 : CumulativeTime / PrimitiveCalls;

    /// <summary>Whether the times are known; not so for callers in files of Python's <c>profile</c>.</summary>
    public bool HasTimes => !(double.IsNaN(TotalTime) && double.IsNaN(CumulativeTime));

    /// <summary>Adds each figure of <paramref name="right"/> to that of <paramref name="left"/>.</summary>
    public static Figures operator +(Figures left, Figures right) => new(
        left.Calls + right.Calls,
        left.PrimitiveCalls + right.PrimitiveCalls,
        left.TotalTime + right.TotalTime,
        left.CumulativeTime + right.CumulativeTime)
    {
        Resumes = left.Resumes + right.Resumes,
    };

    /// <summary>Adds each figure of <paramref name="other"/> to this one's.</summary>
    public Figures Add(Figures other) => this + other;

    internal static Figures CallsOnly(long calls) => new(calls, calls, double.NaN, double.NaN);
}
