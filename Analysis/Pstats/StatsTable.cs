namespace ProfilerWeaver;

/// <summary>The rows of <see cref="Stats"/>: one a label, in the order in which the labels came. What is added is added to sums; rows are made
/// of them when they are asked for.</summary>
sealed class StatsTable
{
    readonly SummedLabels labels = new();
    readonly List<RowSum> sums = [];

    // By the numbers that labels have in tables; null: not known yet.
    readonly Dictionary<LabelTable, SummedLabel?[]> labelsOf = [];

    MethodStats[]? rows;

    public IReadOnlyList<MethodStats> Rows => rows ??= [.. sums.Select(sum => sum.ToRow())];

    /// <summary>How many rows there are.</summary>
    public int Count => sums.Count;

    public MethodStats? Find(MethodLabel label) => labels.Find(label) is { Row: >= 0 } known ? Rows[known.Row] : null;

    /// <summary>Adds the figures to those of the row that has the label, if there is one, which is of another profile.</summary>
    public void Add(MethodStats row) => Add(row, label => label, isOfAnother: true);

    /// <summary>Adds all rows of a table to those with the same labels, which are of other profiles.</summary>
    public void Add(PlainTable table)
    {
        if (!labelsOf.TryGetValue(table.Labels, out var known) || known.Length < table.Labels.Count)
        {
            Array.Resize(ref known, table.Labels.Count);
            labelsOf[table.Labels] = known;
        }
        rows = null;
        var place = 0;
        for (var i = 0; i < table.Rows.Count; i++)
        {
            var row = table.Rows[i];
            var sum = SumOf(Summed(row.Label));
            sum.Add(row.Figures.ToFigures(), isOfAnother: true);
            for (var first = place; place < row.EndOfShares; place++)
            {
                var share = table.Shares[place];
                sum.AddShare(Summed(share.Caller), share.Figures, place - first);
            }
        }

        SummedLabel Summed(PlainLabel label) => known[label.Number] ??= labels.Get(label.Label);
    }

    /// <summary>The same rows under other labels; what becomes equal is summed up, callers too.</summary>
    public StatsTable Rename(Func<MethodLabel, MethodLabel> rename)
    {
        var renamed = new StatsTable();
        // They may be in the same profile.
        foreach (var row in Rows)
            renamed.Add(row, rename, isOfAnother: false);
        return renamed;
    }

    void Add(MethodStats row, Func<MethodLabel, MethodLabel> rename, bool isOfAnother)
    {
        rows = null;
        var sum = SumOf(labels.Get(rename(row.Label)));
        sum.Add(row.Figures, isOfAnother);
        for (var i = 0; i < row.Callers.Count; i++)
            sum.AddShare(labels.Get(rename(row.Callers[i].Key)), row.Callers[i].Value, i);
    }

    RowSum SumOf(SummedLabel label)
    {
        if (label.Row >= 0)
            return sums[label.Row];
        var sum = new RowSum(label);
        label.Row = sums.Count;
        sums.Add(sum);
        return sum;
    }
}
