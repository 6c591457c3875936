using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>The verbs besides <c>run</c>, the help for all of them, and what shells ask for to complete words.</summary>
static class CommandLine
{
    static readonly Dictionary<string, string[]> Examples = new()
    {
        ["dotnet-prof"] =
        [
            "dotnet prof bin/Release/net10.0/app.dll --its own --arguments",
            "dotnet prof -m . its own arguments",
            "dotnet prof stats app.prof -s tottime -n 20",
        ],
        ["run"] =
        [
            "dotnet prof app.dll input.txt",
            "dotnet prof -s tottime -n 50 script.cs",
            "dotnet prof -o app.prof --weave 'Contoso.*' -m src/App",
            "dotnet prof --clock allocations -m dotnet-format",
        ],
        ["weave"] =
        [
            "dotnet prof weave bin/Release/net10.0 -o profiled",
            "dotnet prof weave Library.dll -o profiled --check",
        ],
        ["stats"] =
        [
            "dotnet prof stats app.prof -s cumulative -n 20",
            "dotnet prof stats monday.prof tuesday.prof --strip-dirs --format markdown",
            "dotnet prof stats app.prof --callers -r 'Repository\\.Load'",
        ],
        ["browse"] = ["dotnet prof browse app.prof"],
        ["recover"] = ["dotnet prof recover App.prof.live"],
        ["cache"] = ["dotnet prof cache list", "dotnet prof cache clean --max-size 500MiB"],
    };

    /// <summary>What somebody may have meant who mistyped a verb; null if <paramref name="text"/> is like none.</summary>
    public static string? VerbLike(string text)
    {
        if (text.Equals("help", StringComparison.OrdinalIgnoreCase))
            return "--help";
        var nearest = NearestName.Of(text, Examples.Keys);
        return text.Length > 0 && nearest[0] == char.ToLowerInvariant(text[0]) && Math.Abs(nearest.Length - text.Length) <= 1 ? nearest : null;
    }

    public static int Invoke(string[] arguments)
    {
        var root = new RootCommand("Profiles .NET programs: every call is counted and timed." + Environment.NewLine +
            RunLine.Usage)
        {
            Run(), WeaveVerb.Create(), StatsVerb.Create(), Browse(), Recover(), CacheVerb.Create(),
        };
        root.Add(new Option<bool>(RunOption.Verbose.Name) { Description = RunOption.Verbose.Description, Recursive = true });
        var help = root.Options.OfType<HelpOption>().Single();
        help.Action = new HelpWithExamples((HelpAction)help.Action!);
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

    /// <summary>Makes an argument for names of files, which takes no misspelt option for one.</summary>
    public static Argument<string[]> Files(string description, ArgumentArity arity, string name = "FILE")
    {
        var files = new Argument<string[]>(name) { Description = description, Arity = arity };
        files.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0))
                result.AddError($"{name}: expected the name of a file, not ''.");
            foreach (var token in result.Tokens.Where(token => token.Value.StartsWith('-') && token.Value.Length > 1))
            {
                var options = ((CommandResult)result.Parent!).Command.Options.Select(option => option.Name);
                result.AddError($"no such option: {token.Value} (did you mean {NearestName.Of(token.Value, options)}?)");
            }
        });
        return files;
    }

    /// <summary>Makes an option name something.</summary>
    public static Option<T> Named<T>(Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens.Any(token => token.Value.Length == 0))
                result.AddError($"option {option.Name}: expected a name, not ''.");
        });
        return option;
    }

    /// <summary>What the library knows of an option; the value is read by the option itself.</summary>
    public static Option Symbol<T>(NamedOption<T> option)
    {
        string[] aliases = option.Short is null ? [] : [option.Short];
        var symbol = option.Value is null
            ? (Option)new Option<bool>(option.Name, aliases) { Arity = ArgumentArity.Zero }
            : new Option<string[]>(option.Name, aliases) { HelpName = option.Value, Arity = ArgumentArity.OneOrMore };
        symbol.Description = option.Description;
        if (option.Choices?.Invoke() is { } choices)
        {
            // Unless the name of the value has them.
            if (option.Value != string.Join('|', choices))
                symbol.Description += $" One of {string.Join(", ", choices)}.";
            symbol.CompletionSources.Add(choices);
        }
        return symbol;
    }

    // Shown and completed here, but read by RunLine.
    static Command Run()
    {
        var command = new Command("run", "Run a program and print its profile; the verb is optional.");
        foreach (var option in RunOption.All.Where(option => option != RunOption.Verbose))
            command.Add(Symbol(option));
        command.Add(new Argument<string>("PROGRAM")
        {
            Description = "A built program (app.dll, or the executable next to it) or a C# file (- for stdin); with -m, the folder " +
                "or file of a project, or the name of an installed .NET tool or of an assembly on the search path.",
        });
        command.Add(new Argument<string[]>("arguments")
        {
            Description = "Arguments passed to the program; one -- directly after PROGRAM is dropped.",
        });
        return command;
    }

    static Command Browse()
    {
        var files = Files("Profiles to read; the first is loaded, the others are added.", ArgumentArity.ZeroOrMore);
        var command = new Command("browse", "Browse saved profiles, as in python -m pstats.") { files };
        command.SetAction(parsed =>
        {
            var profiles = parsed.GetValue(files) ?? [];
            foreach (var file in profiles)
                SavedProfile.Check(file);
            return StatisticsBrowser.Run(profiles);
        });
        return command;
    }

    static Command Recover()
    {
        var files = Files("Live files of killed processes, for example App.prof.live.", ArgumentArity.OneOrMore);
        var output = Named(new Option<string?>("--outfile", "-o") { Description = "Where to write the profile; only with a single FILE.", HelpName = "FILE" });
        var command = new Command("recover", "Recover profiles of killed processes.") { files, output };
        command.SetAction(parsed =>
        {
            var all = parsed.GetRequiredValue(files);
            if (parsed.GetValue(output) is not null && all.Length > 1)
                throw new ToolException("-o names one file, but there are several live files. Recover them one at a time.", ToolException.Usage);
            if (parsed.GetValue(output) is { } target && Path.GetDirectoryName(Path.GetFullPath(target)) is { } folder && !Directory.Exists(folder))
                throw new ToolException($"-o {target} cannot be written: the folder {folder} does not exist. Create it first.");
            foreach (var file in all)
            {
                if (Directory.Exists(file))
                    throw new ToolException($"{file} is a folder. Specify the file in it that ends with {LiveFile.Suffix}.");
                if (!File.Exists(file))
                    throw new ToolException($"{file} does not exist. A killed process leaves a file named like its output, with {LiveFile.Suffix} appended.");
                PartialProfile.Warn(file);
                Console.WriteLine(Printable.Text(ProfileRecovery.Recover(file, parsed.GetValue(output))));
            }
        });
        return command;
    }

    sealed class HelpWithExamples(HelpAction help) : SynchronousCommandLineAction
    {
        public override bool ClearsParseErrors => true;

        public override int Invoke(ParseResult parseResult)
        {
            var exitCode = help.Invoke(parseResult);
            var output = parseResult.InvocationConfiguration.Output;
            var command = parseResult.CommandResult.Command;
            output.WriteLine("Examples:");
            while (!Examples.ContainsKey(NameOf(command)))
                command = (Command)command.Parents.Single();
            foreach (var example in Examples[NameOf(command)])
                output.WriteLine("  " + example);
            output.WriteLine();
            return exitCode;
        }

        static string NameOf(Command command) => command is RootCommand ? "dotnet-prof" : command.Name;
    }
}
