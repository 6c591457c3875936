using Spectre.Console;

namespace ProfilerWeaver.Tool;

/// <summary>A line about a difference.</summary>
/// <param name="Text">The text.</param>
/// <param name="Look">Its look at a terminal.</param>
readonly record struct DifferenceLine(string Text, Style Look)
{
    /// <summary>Something happens more often than before.</summary>
    public static Style More { get; } = new(Color.Red);

    /// <summary>Something happens less often.</summary>
    public static Style Less { get; } = new(Color.Green);

    /// <summary>Prints lines to stdout, at a terminal in colour.</summary>
    public static void Print(IEnumerable<DifferenceLine> lines, TextWriter output)
    {
        foreach (var (text, look) in lines)
        {
            if (output == Console.Out && Report.IsAtTerminal)
                AnsiConsole.Console.WriteLine(text, look);
            else
                output.WriteLine(text);
        }
    }
}
