namespace ProfilerWeaver;

/// <summary>What of a profile is exported.</summary>
sealed record ExportOptions
{
    /// <summary>How many contexts, or methods, are written at most; null: all. The others are put together, so that totals stay.</summary>
    public int? MaxNodes { get; init; }

    /// <summary>How long the longest stack may be, 3 at least; null: as long as it is. What is further in is put together in the same
    /// way.</summary>
    public int? MaxDepth { get; init; }

    /// <summary>How many labels a stack has at most, for formats that have labels. Those of the outermost scopes are left out first.
    /// </summary>
    public int? MaxLabels { get; init; }

    /// <summary>Which figure, for formats that hold one.</summary>
    public ExportMetric Metric { get; init; } = ExportMetric.Time;
}
