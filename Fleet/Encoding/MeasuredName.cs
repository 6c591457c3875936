namespace ProfilerWeaver;

/// <summary>What profile servers call that which a profile measures.</summary>
static class MeasuredName
{
    /// <summary>The name of its time: <c>wall</c>, <c>cpu</c>, or that of allocated bytes; <c>calls</c> if it has none.</summary>
    public static string Of(Stats stats) => stats.Unit switch
    {
        ClockUnit.Bytes => "alloc_space",
        ClockUnit.None => ExportedMetricName.Calls,
        _ => stats.OnlyRecording is { } run && MeasuredKind.Of(run).Clock?.Contains("CPU", StringComparison.Ordinal) == true ? "cpu" : "wall",
    };
}
