namespace ProfilerWeaver;

/// <summary>What of a profile is exported.</summary>
sealed record ExportOptions
{
    /// <summary>How many contexts, or methods, are written at most; null: all. The others are put together, so that totals stay.</summary>
    public int? MaxNodes { get; init; }

    /// <summary>Which figure, for formats that hold one.</summary>
    public ExportMetric Metric { get; init; } = ExportMetric.Time;
}
