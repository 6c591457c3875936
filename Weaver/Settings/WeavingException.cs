namespace ProfilerWeaver.Weaving;

/// <summary>An assembly cannot be woven; the message says why and what to do.</summary>
public sealed class WeavingException : Exception
{
    /// <summary>Creates the exception.</summary>
    public WeavingException(string message)
        : base(message)
    {
    }

    /// <summary>Creates the exception with its cause.</summary>
    public WeavingException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
