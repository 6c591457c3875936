namespace ProfilerWeaver;

/// <summary>There is nothing to write: no recorded method was called, or none has returned yet.</summary>
public sealed class EmptyProfileException() : InvalidOperationException(
    "Nothing was recorded: no profiled method was called and returned. Check that recording is enabled and that "
    + "the methods are woven.");
