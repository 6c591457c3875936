using System.CommandLine;
using System.Globalization;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof weave</c>: weaves assemblies or a whole application folder into another folder.</summary>
sealed class WeaveVerb() : Verb("weave",
    "dotnet prof weave bin/Release/net10.0 -o profiled",
    "dotnet prof weave Library.dll -o profiled --check")
{
    public override Command Create()
    {
        var inputs = CommandSymbol.Files("Assemblies, or the folder of an application, which is copied as a whole.",
            ArgumentArity.OneOrMore, "INPUT");
        var output = CommandSymbol.Named(new Option<string>("--output", "-o")
        {
            Description = "The folder of the woven assemblies.",
            HelpName = "DIR",
            Required = true,
        });
        var check = new Option<bool>("--check") { Description = "JIT-compile every woven method." };
        var weave = new Option<string[]>("--weave")
        {
            Description = "Also weave dependencies of the application whose assembly name matches; '*' for all.",
            HelpName = "PATTERN",
        };
        var include = new Option<string[]>("--include") { Description = "Weave only matching methods, types or namespaces.", HelpName = "PATTERN" };
        var exclude = new Option<string[]>("--exclude") { Description = "Do not weave matching methods, types or namespaces.", HelpName = "PATTERN" };
        var minimum = new Option<int>("--min-instructions") { Description = "Do not weave methods with fewer IL instructions.", HelpName = "COUNT" };
        var builtins = new Option<string>("--builtins")
        {
            Description = "Which calls of methods outside the woven assemblies to record; the default is true: all except those that the JIT " +
                "compiles into the caller.",
            HelpName = "true|all|false",
        };
        builtins.AcceptOnlyFromAmong([.. SettingsReader.Builtins.Keys]);
        var noBuiltins = new Option<bool>("--no-builtins") { Description = "Do not record calls of methods outside the woven assemblies." };
        var noTrivial = new Option<bool>("--no-trivial")
        {
            Description = "Do not weave compiler-generated methods, such as accessors of auto-properties, and methods of at most eight instructions " +
                "without calls.",
        };
        var noSubcalls = new Option<bool>("--no-subcalls") { Description = "Do not record callers, which costs less." };
        var command = new Command(Name, "Weave assemblies, or a whole application folder.")
        {
            inputs, output, check, weave, include, exclude, minimum, builtins, noBuiltins, noTrivial, noSubcalls,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(check) && !ManagedTool.IsRunning)
                return HandOver.ToManagedTool();
            var choice = new WeavingChoice
            {
                MinimumInstructions = parsed.GetValue(minimum),
                Builtins = parsed.GetValue(noBuiltins) ? BuiltinCalls.None : SettingsReader.Builtins[parsed.GetValue(builtins) ?? SwitchText.On],
                Trivial = !parsed.GetValue(noTrivial),
                Subcalls = !parsed.GetValue(noSubcalls),
            };
            choice.Assemblies.AddRange(parsed.GetValue(weave) ?? []);
            choice.Include.AddRange((parsed.GetValue(include) ?? []).SelectMany(WeavingChoice.Patterns));
            choice.Exclude.AddRange((parsed.GetValue(exclude) ?? []).SelectMany(WeavingChoice.Patterns));
            var batch = WeavingBatch.Of(parsed.GetRequiredValue(inputs), parsed.GetRequiredValue(output), choice);
            foreach (var note in batch.Notes)
                Messages.WriteLine($"dotnet-prof: warning: {note}");
            var outcomes = Weave(batch, parsed.GetValue(check), parsed.GetRequiredValue(output));
            Write(outcomes);
            return outcomes.Any(outcome => outcome.IsFailure) ? ToolException.Failure : 0;
        });
        return command;
    }

    static IReadOnlyList<WeavingOutcome> Weave(WeavingBatch batch, bool check, string output)
    {
        try
        {
            return batch.Weave(check);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"-o {output} cannot be written: {e.Message.TrimEnd('.')}. Make room there, or give " +
                "another folder.", cause: e);
        }
    }

    static void Write(IReadOnlyList<WeavingOutcome> outcomes)
    {
        var table = new TextTable(new("assembly"), new("woven", IsNumber: true), new("skipped", IsNumber: true),
            new("bodies read", IsNumber: true), new("ms", IsNumber: true), new("notes"));
        foreach (var outcome in outcomes)
        {
            string[] cells =
            [
                outcome.Name,
                Number(outcome.Summary?.Woven),
                Number(outcome.Summary?.Skipped),
                Number(outcome.Bodies?.Read),
                Number(outcome.Summary?.Milliseconds),
            ];
            table.Add(cells, outcome.Notes(), outcome.IsFailure);
        }
        table.Write();
    }

    static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
