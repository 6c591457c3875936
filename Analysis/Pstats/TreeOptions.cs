namespace ProfilerWeaver;

/// <summary>What to print of a call tree; everything by default.</summary>
public sealed record TreeOptions
{
    /// <summary>How many levels to print; null for all.</summary>
    public int? Depth { get; init; }

    /// <summary>How many callees of each context to print; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Leave out contexts with a smaller share of the total cumulative time; 0.01 keeps those of at least one
    /// percent. If the profile has no times, calls are used instead.</summary>
    public double MinimumShare { get; init; }

    /// <summary>The sort key within one level.</summary>
    public SortKey Order { get; init; } = SortKey.Cumulative;
}
