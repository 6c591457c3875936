namespace ProfilerWeaver;

/// <summary>The label of the scopes of measurements: each that is open has an id of its own, and all are one row.</summary>
static class MeasurementLabel
{
    public const string Name = "measurement";

    /// <summary>Whether a label is that one.</summary>
    public static bool Is(in MethodLabel label) => label is { File: ScopeName.File, Name: Name };
}
