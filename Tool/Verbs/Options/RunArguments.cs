namespace ProfilerWeaver.Tool;

/// <summary>What <c>dotnet prof run</c> was asked for.</summary>
sealed class RunArguments
{
    /// <summary>Where the profile is saved; null: a report is printed instead.</summary>
    public string? OutFile { get; set; }

    /// <summary>What the report shows.</summary>
    public ReportOptions Report { get; } = new() { StripDirs = true };

    /// <summary>What is run.</summary>
    public TargetChoice Target { get; } = new();

    /// <summary>What of it is woven.</summary>
    public WeavingChoice Weaving { get; } = new();

    /// <summary>Whether woven assemblies are compiled ahead of time again whose originals were; null: as the environment
    /// says.</summary>
    public Precompilation? Precompile { get; set; }

    /// <summary>Whether what is not asked for is explained.</summary>
    public bool IsVerbose { get; set; }

    /// <summary>What is measured; null: whatever the program is woven with.</summary>
    public string? Clock { get; set; }

    /// <summary>How much of the start is left out, a time; null: nothing.</summary>
    public string? Warm { get; set; }

    /// <summary>The method at whose first call the profile begins; null: at the first one of all.</summary>
    public string? StartAt { get; set; }

    /// <summary>The method after whose first call the profile ends; null: none.</summary>
    public string? StopAfter { get; set; }

    /// <summary>How long it is recorded, as it was written; null: to its end.</summary>
    public string? For { get; set; }

    /// <summary>Whether the program begins asleep: nothing is recorded until <c>dotnet prof start</c>.</summary>
    public bool IsPaused { get; set; }

    /// <summary>What the recorder is told of this, in its environment.</summary>
    public KeyValuePair<string, string?>[] ForRecorder =>
    [
        new(EnvironmentVariable.Clock, Clock), new(EnvironmentVariable.Warm, Warm), new(EnvironmentVariable.StartAt, StartAt),
        new(EnvironmentVariable.StopAfter, StopAfter), new(EnvironmentVariable.For, For), new(EnvironmentVariable.AutoStart, IsPaused ? "0" : null),
    ];

    /// <summary>The program's own arguments.</summary>
    public string[] Arguments { get; set; } = [];
}
