namespace ProfilerWeaver.Tool;

/// <summary>What <c>dotnet prof run</c> was asked for.</summary>
sealed class RunArguments
{
    /// <summary>Where the profile is saved; null: a report is printed instead.</summary>
    public string? OutFile { get; set; }

    /// <summary>What the report shows.</summary>
    public ReportOptions Report { get; } = new() { StripDirs = true };

    /// <summary>Whether <see cref="Program"/> is a name to look for, and not a file.</summary>
    public bool IsModule { get; set; }

    /// <summary>Patterns of names of dependencies to weave.</summary>
    public List<string> Weave { get; } = [];

    public List<string> Include { get; } = [];

    public List<string> Exclude { get; } = [];

    public int MinimumInstructions { get; set; }

    public bool Builtins { get; set; } = true;

    public bool Subcalls { get; set; } = true;

    /// <summary>What is measured; null: whatever the program is woven with.</summary>
    public string? Clock { get; set; }

    public string Configuration { get; set; } = "Release";

    public string? Framework { get; set; }

    /// <summary>The program: a file, or a name if <see cref="IsModule"/>.</summary>
    public string Program { get; set; } = "";

    /// <summary>The program's own arguments.</summary>
    public string[] Arguments { get; set; } = [];
}
