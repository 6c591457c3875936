namespace ProfilerWeaver;

/// <summary>The labels of a <see cref="StatsTable"/>.</summary>
sealed class SummedLabels
{
    // Not by the labels themselves: of a dictionary of them, .NET has no code that is compiled ahead of time.
    readonly Dictionary<int, SummedLabel> newestOfHash = [];

    /// <summary>A label; null if it is not there.</summary>
    public SummedLabel? Find(in MethodLabel label)
    {
        newestOfHash.TryGetValue(label.GetHashCode(), out var summed);
        while (summed is not null && !summed.Label.Equals(label))
            summed = summed.SameHash;
        return summed;
    }

    /// <summary>A label, which is added if it is not there.</summary>
    public SummedLabel Get(in MethodLabel label)
    {
        if (Find(label) is { } known)
        {
            if (known.Label.Origin is null && label.Origin is not null)
                known.Label = label;
            return known;
        }
        newestOfHash.TryGetValue(label.GetHashCode(), out var before);
        return newestOfHash[label.GetHashCode()] = new(label, before);
    }
}

/// <summary>The label of a row, or of callers.</summary>
/// <param name="label">The label.</param>
/// <param name="sameHash">Another label with the same hash.</param>
sealed class SummedLabel(MethodLabel label, SummedLabel? sameHash)
{
    /// <summary>The label, with its origin once that is known.</summary>
    public MethodLabel Label { get; set; } = label;

    public SummedLabel? SameHash => sameHash;

    /// <summary>The place of its row; -1 if it is only that of callers.</summary>
    public int Row { get; set; } = -1;
}
