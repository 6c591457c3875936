using Spectre.Console;

namespace ProfilerWeaver.Tool;

/// <summary>The interactive browser of profiles: that of <c>python -m pstats</c>, command by command.</summary>
static class StatisticsBrowser
{
    /// <summary>Reads commands until the user leaves: from the terminal with line editing, or as they are where input or
    /// output is redirected.</summary>
    /// <param name="files">The first is read, the others are added to it; there may be none.</param>
    /// <returns>The exit code: 0, unless there were files and nothing could be read.</returns>
    public static int Run(IReadOnlyList<string> files)
    {
        using var output = new StreamWriter(Console.OpenStandardOutput(), Console.OutputEncoding);
        return Run(files, Input(output), output) || files.Count == 0 ? 0 : ToolException.Failure;
    }

    /// <summary>Reads commands from wherever until one leaves, or there are no more.</summary>
    /// <returns>Whether there were statistics to look at in the end.</returns>
    public static bool Run(IReadOnlyList<string> files, ILineSource input, TextWriter output)
    {
        var session = new BrowserSession(output);
        session.Load(files);
        output.WriteLine("Welcome to the profile statistics browser.");
        var leaving = false;
        while (!leaving)
        {
            output.Flush();
            leaving = session.Execute(input.ReadLine(session.Prompt) ?? BrowserSession.EndOfInput);
        }
        output.WriteLine("Goodbye.");
        output.Flush();
        return session.HasStats;
    }

    static ILineSource Input(TextWriter output)
    {
        // As in Python: Ctrl-C leaves in silence.
        Console.CancelKeyPress += (_, _) => Environment.Exit(0);
        var isTerminal = !Console.IsInputRedirected && !Console.IsOutputRedirected && AnsiConsole.Profile.Capabilities.Ansi;
        return isTerminal
            ? new LineEditor(
                new KeyReader().Next,
                new LineDisplay(output, () => Console.WindowWidth is > 0 and var width ? width : 80),
                new History(History.DefaultFile()),
                BrowserCompletion.Of)
            : new PlainLines(Console.In, output);
    }
}
