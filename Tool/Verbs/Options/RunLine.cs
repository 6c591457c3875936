namespace ProfilerWeaver.Tool;

/// <summary>Reads the command line of <c>dotnet prof run</c>, as Python's <c>optparse</c> reads that of cProfile: options
/// come before the program, and all that comes after it is the program's.</summary>
static class RunLine
{
    public const string Usage =
        "Usage: dotnet prof [run] [-o FILE] [-s KEY[,KEY...]] [options] (-m MODULE | PROGRAM) [arguments...]";

    /// <summary>Reads the arguments; null if they ask for help.</summary>
    /// <exception cref="ToolException">They are not understood.</exception>
    public static RunArguments? Read(string[] arguments)
    {
        var run = new RunArguments();
        var at = 0;
        while (at < arguments.Length && arguments[at] is ['-', _, ..] text)
        {
            at++;
            if (text == "--")
                break;
            if (text is "-h" or "--help")
                return null;
            var (name, value) = Split(text);
            var option = Find(name);
            if (option.Value is null && value is not null)
                throw Misunderstood($"{name} option does not take a value");
            if (option.Value is not null && value is null)
            {
                value = at < arguments.Length
                    ? arguments[at++]
                    : throw Misunderstood($"{name} option requires 1 argument");
            }
            try
            {
                option.Apply(run, value ?? "");
            }
            catch (FormatException e)
            {
                throw Misunderstood($"option {name}: {e.Message}");
            }
        }
        if (at == arguments.Length)
            throw Misunderstood(run.Target.IsModule ? "option -m requires a module name" : "a program is missing");
        if (arguments[at].Length == 0)
            throw Misunderstood(run.Target.IsModule ? "option -m: expected a module name, not ''" : "expected a program, not ''");
        run.Target.Name = arguments[at++];
        // As for dotnet run, which needs it; whoever means it gives it twice.
        if (at < arguments.Length && arguments[at] == "--")
            at++;
        run.Arguments = arguments[at..];
        if (run.Warm is not null && run.StartAt is not null)
            throw Misunderstood("--warm and --start-at both say where the profile begins: choose one");
        run.Report.Check();
        return run;
    }

    static (string Name, string? Value) Split(string text)
    {
        if (!text.StartsWith("--", StringComparison.Ordinal))
            return text.Length == 2 ? (text, null) : (text[..2], text[2..]);
        var equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (text, null) : (text[..equals], text[(equals + 1)..]);
    }

    static NamedOption<RunArguments> Find(string name)
    {
        foreach (var option in RunOption.All)
        {
            if (option.Name == name || option.Short == name)
                return option;
        }
        throw Misunderstood($"no such option: {name}{Guess(name)}");
    }

    static string Guess(string name) => name.StartsWith("--", StringComparison.Ordinal)
        ? $" (did you mean {Weaving.NearestName.Of(name, RunOption.All.Select(option => option.Name))}?)"
        : "";

    static ToolException Misunderstood(string message)
    {
        Messages.WriteLine(Usage);
        Messages.WriteLine();
        return new(message, ToolException.Usage);
    }
}
