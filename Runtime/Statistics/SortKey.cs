namespace ProfilerWeaver;

/// <summary>What <see cref="Stats.SortStats(SortKey[])"/> orders rows by.</summary>
public enum SortKey
{
    /// <summary>The number of calls, most first (pstats: <c>calls</c>, <c>ncalls</c>).</summary>
    Calls,

    /// <summary>Time with callees, most first (pstats: <c>cumulative</c>, <c>cumtime</c>).</summary>
    Cumulative,

    /// <summary>The file (pstats: <c>filename</c>, <c>module</c>).</summary>
    FileName,

    /// <summary>The line (pstats: <c>line</c>).</summary>
    Line,

    /// <summary>The method's name (pstats: <c>name</c>).</summary>
    Name,

    /// <summary>The method's name, then the file, then the line (pstats: <c>nfl</c>).</summary>
    NameFileLine,

    /// <summary>The number of primitive calls, most first (pstats: <c>pcalls</c>).</summary>
    PrimitiveCalls,

    /// <summary>The printed label as text, so that line 110 comes before line 25 (pstats: <c>stdname</c>).</summary>
    StandardName,

    /// <summary>Time without callees, most first (pstats: <c>time</c>, <c>tottime</c>).</summary>
    Time,

    /// <summary>Time without callees for each call, most first (column <c>percall</c> after <c>tottime</c>; ours:
    /// <c>percall_tottime</c>).</summary>
    TimePerCall,

    /// <summary>Time with callees for each primitive call, most first (column <c>percall</c> after <c>cumtime</c>; ours:
    /// <c>percall_cumtime</c>).</summary>
    CumulativePerCall,
}
