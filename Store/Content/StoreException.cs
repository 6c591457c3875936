namespace ProfilerWeaver.Store;

/// <summary>Something that the user has to know and can do something about; the message says both.</summary>
/// <param name="exitCode">What the tool ends with.</param>
sealed class StoreException(string message, int exitCode = StoreException.Failure, Exception? cause = null)
    : Exception(message, cause)
{
    /// <summary>The exit code of a tool that cannot do what it was asked for.</summary>
    public const int Failure = 1;

    /// <summary>The exit code of a command line that is not understood.</summary>
    public const int Usage = 2;

    /// <summary>What the tool ends with.</summary>
    public int ExitCode { get; } = exitCode;
}
