#if WEAVER
namespace ProfilerWeaver.Weaving;
#else
namespace ProfilerWeaver;
#endif

/// <summary>What stands for something else in the setting <c>Output</c>.</summary>
static class Placeholder
{
    /// <summary>The name of the program.</summary>
    public const string Program = "{name}";

    /// <summary>The number of the process.</summary>
    public const string Process = "{pid}";

    /// <summary>The time when the program began, in <see cref="TimeFormat"/>.</summary>
    public const string Time = "{time}";

    /// <summary>A brace that begins no placeholder.</summary>
    public const string Brace = "{{}";

    /// <summary>How .NET is to write <see cref="Time"/>.</summary>
    public const string TimeFormat = "yyyyMMdd-HHmmss";

    /// <summary>The output of who sets none.</summary>
    public const string DefaultOutput = Program + ".prof";

    /// <summary>All of them.</summary>
    public static string[] All => [Program, Process, Time, Brace];
}
