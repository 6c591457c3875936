namespace ProfilerWeaver;

/// <summary>The unit in which times are printed. Profiles of bytes or of calls only keep their own unit; for bytes, only
/// <see cref="Auto"/> has an effect.</summary>
public enum TimeUnit
{
    /// <summary>Seconds with three decimals, as in pstats.</summary>
    Seconds,

    /// <summary>Milliseconds with three decimals.</summary>
    Milliseconds,

    /// <summary>Microseconds with three decimals.</summary>
    Microseconds,

    /// <summary>A suitable unit for each figure, with four digits: <c>1.234 ms</c>, <c>56.78 KiB</c>.</summary>
    Auto,
}
