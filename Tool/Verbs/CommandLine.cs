using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>The verbs besides <c>run</c>, the help for all of them, and what shells ask for to complete words.</summary>
static class CommandLine
{
    static readonly string[] Examples =
    [
        "dotnet prof bin/Release/net10.0/app.dll --its own --arguments",
        "dotnet prof -m . its own arguments",
        "dotnet prof stats app.prof -s tottime -n 20",
    ];

    public static int Invoke(string[] arguments)
    {
        StandardOutput.Begin();
        var root = new RootCommand("Profiles .NET programs: every call is counted and timed." + Environment.NewLine +
            RunLine.Usage);
        Verb[] verbs = [new RunVerb(), .. VerbList.All];
        foreach (var verb in verbs)
            root.Add(verb.Create());
        root.Add(new Option<bool>(RunOption.Verbose.Name) { Description = RunOption.Verbose.Description, Recursive = true });
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!, Examples, verbs);
        // A file may be called @name; arguments are not read from it.
        var parsed = root.Parse(arguments, new() { ResponseFileTokenReplacer = null });
        var isQuestion = arguments is [['[', ..], ..];
        if (parsed.Errors.Count > 0 && parsed.Action is not HelpWithExamples && !isQuestion)
        {
            throw new ToolException($"{Explain(parsed.Errors[0], arguments)} See {NameOf(parsed.CommandResult)} --help.",
                ToolException.Usage);
        }
        return parsed.Invoke(new() { EnableDefaultExceptionHandler = false });
    }

    static string NameOf(CommandResult command) =>
        command.Parent is CommandResult parent ? $"{NameOf(parent)} {command.Command.Name}" : "dotnet prof";

    // The library's words are for programmers, and take several lines.
    static string Explain(ParseError error, string[] arguments)
    {
        if (error.SymbolResult is OptionResult { Tokens: [var token, ..], Option: var option })
        {
            if (option.ValueType == typeof(int) || option.ValueType == typeof(int?))
                return $"option {option.Name}: expected a whole number, not {PythonText.Repr(token.Value)}.";
            if (option.ValueType == typeof(double))
                return $"option {option.Name}: expected a number, not {PythonText.Repr(token.Value)}.";
            var choices = option.GetCompletions(CompletionContext.Empty).Select(choice => PythonText.Repr(choice.Label)).ToArray();
            if (choices.Length > 0)
                return $"option {option.Name}: invalid choice: {PythonText.Repr(token.Value)} (choose from {string.Join(", ", choices)}).";
        }
        if (error.SymbolResult is CommandResult { Command: { Subcommands.Count: > 0 } verb } command
            && command.Tokens.Count == 0 && MistypedIn(verb, arguments) is { } mistyped)
        {
            return $"dotnet prof {verb.Name} {mistyped}: did you mean dotnet prof {verb.Name} " +
                $"{NearestName.Of(mistyped, verb.Subcommands.Select(known => known.Name))}?";
        }
        return error.Message;
    }

    static string? MistypedIn(Command verb, string[] arguments) =>
        arguments is [var first, var second, ..] && first == verb.Name && !second.StartsWith('-') ? second : null;
}
