namespace ProfilerWeaver;

/// <summary>The four figures of a row, or of one caller's share in it.</summary>
/// <param name="Calls">How often the method was called (pstats: <c>nc</c>, column <c>ncalls</c>).</param>
/// <param name="PrimitiveCalls">The calls that were not made while the method was already running (pstats:
/// <c>cc</c>).</param>
/// <param name="TotalTime">Time spent in the method itself, without its callees, in seconds (pstats: <c>tt</c>, column
/// <c>tottime</c>).</param>
/// <param name="CumulativeTime">Time from entry to exit of the primitive calls, callees included, in seconds (pstats:
/// <c>ct</c>, column <c>cumtime</c>).</param>
public readonly record struct Figures(long Calls, long PrimitiveCalls, double TotalTime, double CumulativeTime)
{
    /// <summary>Adds each figure of <paramref name="right"/> to that of <paramref name="left"/>.</summary>
    public static Figures operator +(Figures left, Figures right) => new(
        left.Calls + right.Calls,
        left.PrimitiveCalls + right.PrimitiveCalls,
        left.TotalTime + right.TotalTime,
        left.CumulativeTime + right.CumulativeTime);

    /// <summary>Adds each figure of <paramref name="other"/> to this one's.</summary>
    public Figures Add(Figures other) => this + other;
}
