namespace ProfilerWeaver;

/// <summary>The figures as pstats prints them, by method name.</summary>
/// <param name="TotalTime">The sum of the methods' own times in seconds, rounded to milliseconds.</param>
/// <param name="Functions">The methods by bare name; if several share a name, the last one. <see cref="Stats"/> itself has
/// all of them, unrounded.</param>
public sealed record StatsProfile(double TotalTime, IReadOnlyDictionary<string, FunctionProfile> Functions);

/// <summary>One printed row; times are in seconds, rounded to milliseconds.</summary>
/// <param name="Calls">The calls, followed by <c>/</c> and the primitive ones if they differ.</param>
/// <param name="TotalTime">Time in the method itself.</param>
/// <param name="TotalTimePerCall">The same per call; -1 if there are none.</param>
/// <param name="CumulativeTime">Time in the method and its callees.</param>
/// <param name="CumulativeTimePerCall">The same per primitive call; -1 if there are none.</param>
/// <param name="File">The source file.</param>
/// <param name="Line">The line in it.</param>
public sealed record FunctionProfile(
    string Calls,
    double TotalTime,
    double TotalTimePerCall,
    double CumulativeTime,
    double CumulativeTimePerCall,
    string File,
    int Line)
{
    internal static FunctionProfile Of(MethodStats row) => new(
        PythonText.Calls(row.Figures),
        PythonText.Rounded(row.TotalTime),
        row.Calls == 0 ? -1 : PythonText.Rounded(row.TotalTime / row.Calls),
        PythonText.Rounded(row.CumulativeTime),
        row.PrimitiveCalls == 0 ? -1 : PythonText.Rounded(row.CumulativeTime / row.PrimitiveCalls),
        row.Label.File,
        row.Label.Line);
}
