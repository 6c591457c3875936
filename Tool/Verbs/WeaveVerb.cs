using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof weave</c>: weaves assemblies or a whole application folder into another folder.</summary>
static class WeaveVerb
{
    public static Command Create()
    {
        var inputs = CommandLine.Files("Assemblies, or the folder of an application, which is copied as a whole.",
            ArgumentArity.OneOrMore, "INPUT");
        var output = CommandLine.Named(new Option<string>("--output", "-o")
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
        var noBuiltins = new Option<bool>("--no-builtins") { Description = "Do not record calls of methods outside the woven assemblies." };
        var noSubcalls = new Option<bool>("--no-subcalls") { Description = "Do not record callers; cheaper." };
        var command = new Command("weave", "Weave assemblies, or a whole application folder.")
        {
            inputs, output, check, weave, include, exclude, minimum, noBuiltins, noSubcalls,
        };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(check) && !ManagedTool.IsRunning)
                return ManagedTool.TakeOver();
            var settings = new Weaving.WeaverSettings
            {
                Include = Patterns(parsed.GetValue(include)),
                Exclude = Patterns(parsed.GetValue(exclude)),
                MinimumInstructions = parsed.GetValue(minimum),
                Builtins = !parsed.GetValue(noBuiltins),
                Subcalls = !parsed.GetValue(noSubcalls),
            };
            var batch = WeavingBatch.Of(parsed.GetRequiredValue(inputs), parsed.GetRequiredValue(output), parsed.GetValue(weave) ?? []);
            foreach (var note in batch.Notes)
                Messages.WriteLine($"dotnet-prof: warning: {note}");
            var outcomes = Weave(batch, settings, parsed.GetValue(check), parsed.GetRequiredValue(output));
            OutcomeTable.Write(outcomes);
            return outcomes.Any(outcome => outcome.IsFailure) ? ToolException.Failure : 0;
        });
        return command;
    }

    static IReadOnlyList<WeavingOutcome> Weave(WeavingBatch batch, Weaving.WeaverSettings settings, bool check, string output)
    {
        try
        {
            return batch.Weave(settings, check);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"-o {output} cannot be written: {e.Message.TrimEnd('.')}. Make room there, or give " +
                "another folder.", cause: e);
        }
    }

    static string[] Patterns(string[]? texts) => [.. (texts ?? []).SelectMany(text =>
        text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
