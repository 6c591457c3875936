using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;

namespace ProfilerWeaver.Tool;

/// <summary>The library's help, and examples below it.</summary>
/// <param name="help">The library's.</param>
/// <param name="examplesOfAll">What is shown where no verb was given.</param>
/// <param name="verbs">The verbs, with examples of their own.</param>
sealed class HelpWithExamples(HelpAction help, IReadOnlyList<string> examplesOfAll, IEnumerable<Verb> verbs) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var exitCode = help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        output.WriteLine("Examples:");
        var name = VerbOf(parseResult.CommandResult);
        foreach (var example in verbs.FirstOrDefault(verb => verb.Name == name)?.Examples ?? examplesOfAll)
            output.WriteLine("  " + example);
        output.WriteLine();
        return exitCode;
    }

    // A verb may have verbs of its own.
    static string VerbOf(CommandResult command) =>
        command.Parent is CommandResult { Parent: CommandResult } verb ? VerbOf(verb) : command.Command.Name;
}
