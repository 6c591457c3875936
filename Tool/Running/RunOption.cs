using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary>An option of <c>dotnet prof run</c>. The list serves both readers of the command line: the quick one that
/// starts programs, and the one that shows help and completes words.</summary>
/// <param name="Name">The long name.</param>
/// <param name="Short">The short name; null: none.</param>
/// <param name="Value">What the value is called; null: the option has none.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Apply">Sets it in the arguments. The value is checked here; a <see cref="FormatException"/> says what
/// is wrong with it.</param>
sealed record RunOption(
    string Name, string? Short, string? Value, string Description, Action<RunArguments, string> Apply)
{
    /// <summary>Has an effect where errors are shown, for all verbs.</summary>
    public static readonly RunOption Verbose =
        new("--verbose", null, null, "Show the stack trace of an error.", (_, _) => { });

    static readonly string[] Clocks = ["wall", "cpu", "allocations", "none"];

    public static readonly RunOption[] All =
    [
        new("--outfile", "-o", "FILE", "Save the profile instead of printing it.",
            (run, text) => run.OutFile = text),
        new("--sort", "-s", "KEY[,KEY...]", "Sort the report; the default is cumulative.",
            (run, text) => run.Sort = ReadSortKeys(text)) { Choices = SortKeys },
        new("--rows", "-n", "COUNT|all", "How many rows to print; the default is 20.",
            (run, text) => run.Rows = ReadRows(text)),
        new("--module", "-m", null, "What follows is not a file but the name of a project, a .NET tool or an assembly.",
            (run, _) => run.IsModule = true),
        new("--weave", null, "PATTERN", "Also weave dependencies whose assembly name matches, for example " +
            "'Contoso.*', or '*' for all but the framework.", (run, text) => run.Weave.Add(text)),
        new("--include", null, "PATTERN", "Weave only matching methods, types or namespaces, for example 'Shop.Repository'.",
            (run, text) => run.Include.AddRange(ReadPatterns(text))),
        new("--exclude", null, "PATTERN", "Leave matching methods, types or namespaces alone.",
            (run, text) => run.Exclude.AddRange(ReadPatterns(text))),
        new("--min-instructions", null, "COUNT", "Leave methods with fewer IL instructions alone.",
            (run, text) => run.MinimumInstructions = ReadCount(text)),
        new("--no-builtins", null, null, "Do not record calls of methods outside the woven assemblies.",
            (run, _) => run.Builtins = false),
        new("--no-subcalls", null, null, "Do not tell callers apart; cheaper.", (run, _) => run.Subcalls = false),
        new("--clock", null, "CLOCK", "What to measure.", (run, text) => run.Clock = ReadClock(text)) { Choices = () => Clocks },
        new("--configuration", "-c", "NAME", "The configuration in which a project or C# file is built; the default is " +
            "Release.", (run, text) => run.Configuration = text),
        new("--framework", "-f", "NAME", "The target framework of a project that has several, for example net10.0.",
            (run, text) => run.Framework = text),
        Verbose,
    ];

    /// <summary>The values that there are; null: any. Asked for only when somebody wants to know.</summary>
    public Func<string[]>? Choices { get; init; }

    // These are the keys and the words of Python's profilers, so that what is known of them is true here.
    static string[] ReadSortKeys(string text)
    {
        var keys = text.Split(',');
        var known = SortKeys();
        foreach (var key in keys)
        {
            if (!known.Contains(key))
                throw NoChoice(key, known);
        }
        return keys;
    }

    // In the order in which Python lists them.
    static string[] SortKeys() => [.. SortOrder.PstatsNames.Select(name => name.Key).Order(StringComparer.Ordinal)];

    static int? ReadRows(string text) => text == "all" ? null : ReadCount(text, ", or 'all'");

    static int ReadCount(string text, string orElse = "") =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new FormatException($"invalid number: {PythonText.Repr(text)} (expected a whole number, 0 or more{orElse})");

    static string ReadClock(string text) => Clocks.Contains(text) ? text : throw NoChoice(text, Clocks);

    static FormatException NoChoice(string text, string[] choices) => new(
        $"invalid choice: {PythonText.Repr(text)} (choose from {string.Join(", ", choices.Select(PythonText.Repr))})");

    static string[] ReadPatterns(string text) =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
