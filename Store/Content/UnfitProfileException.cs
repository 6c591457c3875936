namespace ProfilerWeaver.Store;

/// <summary>A file that a store cannot keep; the message says why.</summary>
sealed class UnfitProfileException(string message) : Exception(message);
