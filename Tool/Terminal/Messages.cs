namespace ProfilerWeaver.Tool;

/// <summary>What the tool has to say, on stderr. Whether it can be said is no matter: neither the run of a program nor an
/// exit code depends on it.</summary>
static class Messages
{
    public static void Write(string text)
    {
        try
        {
            Console.Error.Write(text);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // stderr is closed, or a full disk.
        }
    }

    /// <summary>Says something on a line; what comes from files cannot make it two.</summary>
    public static void WriteLine(string line = "") => Write(Printable.Text(line) + Environment.NewLine);
}
