using System.CommandLine;
using System.CommandLine.Parsing;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>Arguments and options that several verbs have, as the library knows them.</summary>
static class CommandSymbol
{
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

    /// <summary>Makes an argument for a program that runs.</summary>
    public static Argument<string> RunningProgram() =>
        new("PROGRAM") { Description = "The process id of a woven program that is running, or its name (see dotnet prof ps)." };

    /// <summary>Has an option refuse names of files that promise another format than <c>.prof</c>, which is what is written.</summary>
    public static Option<T> OnlyProf<T>(Option<T> option)
    {
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var file }] && OutputFormats.ForFile(file) is { } format)
            {
                result.AddError($"option {option.Name}: what is written is a .prof file, and {PythonText.Repr(file)} is the name of a file for {format.Name}. " +
                    $"Choose another name; dotnet prof export FILE.prof -o {Printable.Text(file)} makes this one of it.");
            }
        });
        return option;
    }

    /// <summary>Makes the option for where such a program writes its profile.</summary>
    public static Option<string?> RunningOutput() => OnlyProf(Named(new Option<string?>("--outfile", "-o")
    {
        Description = "Where to write the profile; by default, in the folder where the program was started, named after the program, its process id and the time.",
        HelpName = "FILE",
    }));

    /// <summary>Makes an option for how long something takes.</summary>
    public static Option<TimeSpan?> Time(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "TIME",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Quantity.ReadTime(text) is { } time && time.TotalMilliseconds <= int.MaxValue)
                return time;
            result.AddError($"option {name}: expected a time such as 10s (units: ms, s, min, h), not {PythonText.Repr(text)}.");
            return null;
        },
    };

    /// <summary>Makes an option for a number of bytes. What it is by default is in the description: the help would show a number of bytes.</summary>
    public static Option<long?> Size(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (Quantity.ReadSize(text) is { } known)
                return known;
            result.AddError($"option {name}: expected a size such as 512MiB (units: KiB, MiB, GiB), not {PythonText.Repr(text)}.");
            return null;
        },
    };

    /// <summary>What the library knows of an option; the value is read by the option itself.</summary>
    public static Option Of<T>(NamedOption<T> option)
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
}
