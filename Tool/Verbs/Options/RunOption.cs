using System.Globalization;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>The options of <c>dotnet prof run</c>.</summary>
static class RunOption
{
    /// <summary>Has an effect where errors are shown, for all verbs.</summary>
    public static readonly NamedOption<RunArguments> Verbose =
        new("--verbose", null, null, "Show the stack trace of an error, and whether woven assemblies are compiled ahead of time.",
            (run, _) => run.IsVerbose = true);

    public static readonly NamedOption<RunArguments>[] All =
    [
        new("--outfile", "-o", "FILE", "Save the profile instead of printing it; the extension chooses the format: .prof, or one of those of export.",
            (run, text) => run.OutFile = text),
        new("--module", "-m", null, "PROGRAM is the name of a project, a .NET tool or an assembly, not a file.",
            (run, _) => run.Target.IsModule = true),
        .. ReportOption.All.Select(option => option.Within<RunArguments>(run => run.Report)),
        new("--weave", null, "PATTERN", "Also weave dependencies whose assembly name matches, for example " +
            "'Contoso.*', or '*' for all except the framework.", (run, text) => run.Weaving.Assemblies.Add(text)),
        new("--include", null, "PATTERN", "Weave only matching methods, types or namespaces, for example 'Shop.Repository'.",
            (run, text) => run.Weaving.Include.AddRange(WeavingChoice.Patterns(text))),
        new("--exclude", null, "PATTERN", "Do not weave matching methods, types or namespaces.",
            (run, text) => run.Weaving.Exclude.AddRange(WeavingChoice.Patterns(text))),
        new("--min-instructions", null, "COUNT", "Do not weave methods with fewer IL instructions.",
            (run, text) => run.Weaving.MinimumInstructions = ReadCount(text)),
        new("--builtins", null, "true|all|false", "Which calls of methods outside the woven assemblies to record; the default is true: all " +
            "except those that the JIT compiles into the caller.", (run, text) => run.Weaving.Builtins = ReadBuiltins(text))
            { Choices = () => [.. SettingsReader.Builtins.Keys] },
        new("--no-builtins", null, null, "Do not record calls of methods outside the woven assemblies.",
            (run, _) => run.Weaving.Builtins = BuiltinCalls.None),
        new("--no-trivial", null, null, "Do not weave compiler-generated methods, such as accessors of auto-properties, and methods of at " +
            "most eight instructions without calls.", (run, _) => run.Weaving.Trivial = false),
        new("--no-subcalls", null, null, "Do not record callers, which costs less.", (run, _) => run.Weaving.Subcalls = false),
        new("--precompile", null, "auto|on|off", "When to recompile woven assemblies ahead of time, if their originals were: in the background " +
            "after the first run (auto, the default), before the run (on), or never (off).", (run, text) => run.Precompile = ReadPrecompilation(text))
            { Choices = () => PrecompilationName.All },
        new("--clock", null, "CLOCK", "What to measure.", (run, text) => run.Clock = ReadClock(text)) { Choices = () => ClockName.All },
        new("--warm", null, "TIME", "Leave out what happens before this time has passed, for example 500ms or 2s.", (run, text) => run.Warm = ReadTime(text)),
        new("--delay", null, "TIME", "The same as --warm.", (run, text) => run.Warm = ReadTime(text)),
        new("--start-at", null, "METHOD", "Leave out what happens before the first call of this method, for example 'Shop.Api.GetOrder'.",
            (run, text) => run.StartAt = ReadMethod(text)),
        new("--stop-after", null, "METHOD", "Leave out what happens after the first call of this method has ended.",
            (run, text) => run.StopAfter = ReadMethod(text)),
        new("--for", null, "TIME", "Record for this long only, for example 10s, counted from the start of recording.",
            (run, text) => run.For = ReadTime(text)),
        new("--paused", null, null, "Record nothing until dotnet prof start; dotnet prof stop writes the profile.",
            (run, _) => run.IsPaused = true),
        new("--configuration", "-c", "NAME", "The build configuration of a project or C# file; the default is " +
            "Release.", (run, text) => run.Target.Configuration = text),
        new("--framework", "-f", "NAME", "The target framework, for projects with several, for example net10.0.",
            (run, text) => run.Target.Framework = text),
        Verbose,
    ];

    static string ReadTime(string text) => Quantity.ReadTime(text) is not null
        ? text
        : throw new FormatException($"invalid time: {PythonText.Repr(text)} (expected a whole number and ms, s, min or h, for example 500ms)");

    static string ReadMethod(string text) => text.Length > 0 ? text : throw new FormatException("expected a method, for example Shop.Api.GetOrder");

    static int ReadCount(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new FormatException($"invalid number: {PythonText.Repr(text)} (expected a whole number, 0 or more)");

    static BuiltinCalls ReadBuiltins(string text) => SettingsReader.Builtins.TryGetValue(text, out var calls)
        ? calls
        : throw OptionValue.NoChoice(text, SettingsReader.Builtins.Keys);

    static Precompilation ReadPrecompilation(string text) =>
        PrecompilationName.Parse(text) ?? throw OptionValue.NoChoice(text, PrecompilationName.All);

    static string ReadClock(string text) => ClockName.All.Contains(text) ? text : throw OptionValue.NoChoice(text, ClockName.All);
}
