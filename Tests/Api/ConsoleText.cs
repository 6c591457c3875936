namespace ProfilerWeaver.Tests.Api;

/// <summary>What goes to the console, for tests that run alone.</summary>
static class ConsoleText
{
    /// <summary>What <paramref name="action"/> prints, with plain line ends.</summary>
    public static string Of(Action action)
    {
        using var text = new StringWriter { NewLine = "\n" };
        var console = Console.Out;
        Console.SetOut(text);
        try
        {
            action();
        }
        finally
        {
            Console.SetOut(console);
        }
        return text.ToString();
    }
}
