using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>What the user should know about the assemblies of a program that were woven together.</summary>
sealed class WeavingWarnings
{
    readonly List<string> others = [];
    List<string>? unmatched;
    int runtimeAsync;

    /// <summary>Adds those of an assembly.</summary>
    public void Add(WeavingReport report)
    {
        // A pattern need not match in each of them.
        unmatched = [.. unmatched?.Intersect(report.UnmatchedPatterns) ?? report.UnmatchedPatterns];
        runtimeAsync += report.RuntimeAsyncMethods;
        others.AddRange(report.OtherWarnings);
    }

    /// <summary>A line for each.</summary>
    public IEnumerable<string> Lines()
    {
        foreach (var warning in unmatched ?? [])
            yield return warning;
        if (runtimeAsync > 0)
            yield return WeavingReport.RuntimeAsyncWarning(runtimeAsync);
        foreach (var warning in others.Distinct())
            yield return warning;
    }
}
