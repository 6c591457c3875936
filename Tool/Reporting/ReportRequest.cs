using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary>Which table of some statistics is wanted.</summary>
/// <param name="Stats">The statistics, sorted.</param>
/// <param name="Restrictions">What limits the rows, one after another.</param>
/// <param name="Content">What the table tells.</param>
sealed record ReportRequest(Stats Stats, IReadOnlyList<Restriction> Restrictions, ReportContent Content)
{
    /// <summary>What is shown of a call tree.</summary>
    public TreeOptions Tree { get; init; } = new();

    /// <summary>The names of the columns that were asked for (<see cref="FigureColumn"/>); null: nothing was said.</summary>
    public IReadOnlyList<string>? Columns { get; init; }

    /// <summary>What stands above it; null: nothing.</summary>
    public string? Heading { get; init; }

    /// <summary>Whether the last restriction is the tool's, and the user has to be told.</summary>
    public bool IsCut { get; init; }

    /// <summary>How the rest can be had, if there is a rest that the user did not ask to leave out.</summary>
    public string? Rest
    {
        get
        {
            if (!IsCut || Content == ReportContent.Tree)
                return null;
            var rest = Applied(Restrictions.SkipLast(1)).Count - Rows().Count;
            return rest == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"... {rest} more; -n all shows all rows");
        }
    }

    /// <summary>What the user has to know about the rows that are shown; null: nothing.</summary>
    public string? Note => DominatedRows.Note(Content switch
    {
        ReportContent.Methods => Rows().Select(row => (row.Label, row.Figures)),
        ReportContent.Tree => Stats.Rows.Select(row => (row.Label, row.Figures)),
        _ => Edges().SelectMany(edges => edges.Others, (edges, other) =>
            (Content == ReportContent.Callers ? edges.Method : other.Key, other.Value)),
    });

    /// <summary>The same for text without marks. Who says which rows are wanted is given pstats' text and no more.</summary>
    public string? NoteOfPlainText => Content == ReportContent.Methods && IsCut && Restrictions.Count == 1 ? Note : null;

    /// <summary>The rows that are left.</summary>
    public IReadOnlyList<MethodStats> Rows() => Applied(Restrictions);

    IReadOnlyList<MethodStats> Applied(IEnumerable<Restriction> restrictions) =>
        restrictions.Aggregate(Stats.Rows, (rows, restriction) => restriction.Apply(rows));

    /// <summary>The selected methods, each with those that call it, or that it calls; there may be none.</summary>
    public IEnumerable<(MethodLabel Method, IReadOnlyList<KeyValuePair<MethodLabel, Figures>> Others)> Edges()
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
            yield return (row.Label, [.. sorted.Take(Stats.Options.EdgeLimit ?? int.MaxValue)]);
        }
    }
}

/// <summary>What a table tells.</summary>
enum ReportContent
{
    /// <summary>The figures of each method.</summary>
    Methods,

    /// <summary>Show callers.</summary>
    Callers,

    /// <summary>What each method called.</summary>
    Callees,

    /// <summary>The call tree.</summary>
    Tree,
}
