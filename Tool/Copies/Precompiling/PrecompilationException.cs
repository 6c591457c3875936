namespace ProfilerWeaver.Tool;

/// <summary>There is nothing to compile machine code with; the message says why, as the end of a sentence.</summary>
sealed class PrecompilationException(string message, Exception cause) : Exception(message, cause);
