namespace ProfilerWeaver;

/// <summary>Says what goes wrong in a program's background, each kind of it once: its output is not ours to fill.</summary>
/// <param name="say">Says it.</param>
sealed class OncePerKind(Action<string> say)
{
    readonly HashSet<string> said = [];

    /// <summary>Says something, unless it has said something of that kind.</summary>
    public void Say(string kind, string message)
    {
        try
        {
            if (said.Add(kind))
                say(message);
        }
        catch (Exception)
        {
            // Whoever wants to be told is the program; it is not disturbed by its own mistake.
        }
    }
}
