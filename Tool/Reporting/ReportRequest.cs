namespace ProfilerWeaver.Tool;

/// <summary>Which table of some statistics is wanted.</summary>
/// <param name="Stats">The statistics, sorted.</param>
/// <param name="Restrictions">What limits the rows, one after another.</param>
/// <param name="Content">What the table tells.</param>
sealed record ReportRequest(Stats Stats, IReadOnlyList<Restriction> Restrictions, ReportContent Content)
{
    /// <summary>What is shown of a call tree.</summary>
    public TreeOptions Tree { get; init; } = new();

    /// <summary>The rows that are left.</summary>
    public IReadOnlyList<MethodStats> Rows() =>
        Restrictions.Aggregate(Stats.Rows, (rows, restriction) => restriction.Apply(rows));

    /// <summary>The pairs of a selected method and one that calls it, or that it calls.</summary>
    public IEnumerable<(MethodLabel Method, MethodLabel Other, Figures Figures)> Edges()
    {
        var callees = Content == ReportContent.Callees ? Callees.Of(Stats.Rows) : null;
        foreach (var row in Rows())
        {
            var edges = callees is null ? row.Callers
                : callees.TryGetValue(row.Label, out var called) ? called
                : [];
            IEnumerable<KeyValuePair<MethodLabel, Figures>> sorted = Stats.Options.EdgeOrder is { } order
                ? SortOrder.Sort(edges, edge => edge.Key, edge => edge.Value, [order])
                : edges.OrderBy(edge => edge.Key);
            foreach (var (other, figures) in sorted.Take(Stats.Options.EdgeLimit ?? int.MaxValue))
                yield return (row.Label, other, figures);
        }
    }
}

/// <summary>What a table tells.</summary>
enum ReportContent
{
    /// <summary>The figures of each method.</summary>
    Methods,

    /// <summary>By whom each method was called.</summary>
    Callers,

    /// <summary>What each method called.</summary>
    Callees,

    /// <summary>The call tree.</summary>
    Tree,
}
