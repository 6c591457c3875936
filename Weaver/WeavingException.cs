namespace ProfilerWeaver.Weaving;

/// <summary>Something that keeps an assembly from being woven; the message says what, and what to do.</summary>
public sealed class WeavingException : Exception
{
    /// <summary>Makes the exception.</summary>
    public WeavingException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception with its cause.</summary>
    public WeavingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
