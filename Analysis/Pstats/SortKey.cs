namespace ProfilerWeaver;

/// <summary>The sort keys of <see cref="Stats.SortStats(SortKey[])"/>.</summary>
public enum SortKey
{
    /// <summary>The number of calls, descending (pstats: <c>calls</c>, <c>ncalls</c>).</summary>
    Calls,

    /// <summary>Time including callees, descending (pstats: <c>cumulative</c>, <c>cumtime</c>).</summary>
    Cumulative,

    /// <summary>The file (pstats: <c>filename</c>, <c>module</c>).</summary>
    FileName,

    /// <summary>The line (pstats: <c>line</c>).</summary>
    Line,

    /// <summary>The method's name (pstats: <c>name</c>).</summary>
    Name,

    /// <summary>The method's name, then the file, then the line (pstats: <c>nfl</c>).</summary>
    NameFileLine,

    /// <summary>The number of primitive calls, descending (pstats: <c>pcalls</c>).</summary>
    PrimitiveCalls,

    /// <summary>The printed label as text, so that line 110 comes before line 25 (pstats: <c>stdname</c>).</summary>
    StandardName,

    /// <summary>Time excluding callees, descending (pstats: <c>time</c>, <c>tottime</c>).</summary>
    Time,

    /// <summary>Time excluding callees per call, descending (column <c>percall</c> after <c>tottime</c>; not in pstats:
    /// <c>percall_tottime</c>).</summary>
    TimePerCall,

    /// <summary>Time including callees per primitive call, descending (column <c>percall</c> after <c>cumtime</c>; not in
    /// pstats:
    /// <c>percall_cumtime</c>).</summary>
    CumulativePerCall,

    /// <summary>Time from the first entry to the completion of async methods, descending (column <c>elapsed</c>; not in
    /// pstats).</summary>
    Elapsed,

    /// <summary>The part of that in which no thread was in the activation, descending (column <c>waiting</c>; not in
    /// pstats).</summary>
    Waiting,

    /// <summary>How long the longest call took, descending (column <c>slowest</c>; not in pstats).</summary>
    Slowest,
}
