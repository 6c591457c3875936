namespace ProfilerWeaver;

/// <summary>The figures as pstats prints them, by method name.</summary>
public sealed record StatsProfile
{
    internal StatsProfile(double totalTime, IReadOnlyDictionary<string, FunctionProfile> functions)
    {
        TotalTime = totalTime;
        Functions = functions;
    }

    /// <summary>The sum of the methods' own times in seconds, rounded to milliseconds.</summary>
    public double TotalTime { get; }

    /// <summary>The methods by bare name; if several share a name, the last one. <see cref="Stats"/> itself has
    /// all of them, unrounded.</summary>
    public IReadOnlyDictionary<string, FunctionProfile> Functions { get; }
}

/// <summary>One printed row; times are in seconds, rounded to milliseconds.</summary>
public sealed record FunctionProfile
{
    internal FunctionProfile(
        string calls, double totalTime, double totalTimePerCall, double cumulativeTime, double cumulativeTimePerCall, string file, int line)
    {
        Calls = calls;
        TotalTime = totalTime;
        TotalTimePerCall = totalTimePerCall;
        CumulativeTime = cumulativeTime;
        CumulativeTimePerCall = cumulativeTimePerCall;
        File = file;
        Line = line;
    }

    /// <summary>The calls, followed by <c>/</c> and the primitive ones if they differ.</summary>
    public string Calls { get; }

    /// <summary>Time in the method itself.</summary>
    public double TotalTime { get; }

    /// <summary>The same per call; -1 if there are none.</summary>
    public double TotalTimePerCall { get; }

    /// <summary>Time in the method and its callees.</summary>
    public double CumulativeTime { get; }

    /// <summary>The same per primitive call; -1 if there are none.</summary>
    public double CumulativeTimePerCall { get; }

    /// <summary>The source file.</summary>
    public string File { get; }

    /// <summary>The line in it.</summary>
    public int Line { get; }

    internal static FunctionProfile Of(MethodStats row) => new(
        PythonText.Calls(row.Figures),
        PythonText.Rounded(row.TotalTime),
        row.Calls == 0 ? -1 : PythonText.Rounded(row.TotalTime / row.Calls),
        PythonText.Rounded(row.CumulativeTime),
        row.PrimitiveCalls == 0 ? -1 : PythonText.Rounded(row.CumulativeTime / row.PrimitiveCalls),
        row.Label.File,
        row.Label.Line);
}
