namespace ProfilerWeaver;

/// <summary>Calls are not as a test expects. Every test framework takes it for a failed assert; the message shows who called what.</summary>
public sealed class CallExpectationException : Exception
{
    internal CallExpectationException(string message)
        : base(message)
    {
    }
}
