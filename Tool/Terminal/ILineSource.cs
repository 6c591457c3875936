namespace ProfilerWeaver.Tool;

/// <summary>Where commands come from.</summary>
interface ILineSource
{
    /// <summary>Shows the prompt and waits for a line.</summary>
    /// <returns>The line without its end; null at the end of the input.</returns>
    string? ReadLine(string prompt);
}

/// <summary>Commands from a pipe or a file. The prompts are written all the same, as Python does.</summary>
sealed class PlainLines(TextReader input, TextWriter output) : ILineSource
{
    public string? ReadLine(string prompt)
    {
        output.Write(Printable.Text(prompt));
        output.Flush();
        return input.ReadLine();
    }
}
