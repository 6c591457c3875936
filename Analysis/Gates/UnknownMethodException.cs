namespace ProfilerWeaver;

/// <summary>A name means no method of a profile, or more than one.</summary>
sealed class UnknownMethodException(string message) : Exception(message);
