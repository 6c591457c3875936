namespace ProfilerWeaver;

/// <summary>What of a call tree is printed; everything unless something is set.</summary>
public sealed record TreeOptions
{
    /// <summary>How many levels are printed; null for all.</summary>
    public int? Depth { get; init; }

    /// <summary>How many callees of each context are printed; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>Contexts with a smaller part of the whole cumulative time are left out: 0.01 for what takes at least one
    /// percent. Where the profile counts no time, the calls are taken instead.</summary>
    public double MinimumShare { get; init; }

    /// <summary>What the contexts of one level are ordered by.</summary>
    public SortKey Order { get; init; } = SortKey.Cumulative;
}
