namespace ProfilerWeaver;

/// <summary>The rows of <see cref="Stats"/>: one a label, in the order in which the labels came. What is added is added to sums; rows are made
/// of them when they are asked for.</summary>
sealed class StatsTable
{
    // Of rows and of callers.
    readonly Dictionary<MethodLabel, int> numbers = [];
    readonly List<MethodLabel> labels = [];

    // By the number of the label; null for one that is only that of callers.
    readonly List<RowSum?> sumOf = [];
    readonly List<RowSum> sums = [];

    // By the number that a label has in tables, the number + 1 that it has here; 0: not known yet.
    readonly Dictionary<LabelTable, int[]> numbersHere = [];

    MethodStats[]? rows;

    public IReadOnlyList<MethodStats> Rows => rows ??= [.. sums.Select(sum => sum.ToRow(labels))];

    /// <summary>How many rows there are.</summary>
    public int Count => sums.Count;

    public MethodStats? Find(MethodLabel label) =>
        numbers.TryGetValue(label, out var number) && sumOf[number] is { } sum ? Rows[sum.Place] : null;

    /// <summary>Adds the figures to those of the row that has the label, if there is one, which is of another profile.</summary>
    public void Add(MethodStats row) => Add(row, label => label, isOfAnother: true);

    /// <summary>Adds all rows of a table to those with the same labels, which are of other profiles.</summary>
    public void Add(PlainTable table)
    {
        if (!numbersHere.TryGetValue(table.Labels, out var here) || here.Length < table.Labels.Count)
        {
            Array.Resize(ref here, table.Labels.Count);
            numbersHere[table.Labels] = here;
        }
        rows = null;
        var place = 0;
        for (var i = 0; i < table.Rows.Count; i++)
        {
            var row = table.Rows[i];
            var sum = SumOf(Number(row.Label));
            sum.Add(row.Figures.ToFigures(), isOfAnother: true);
            for (var first = place; place < row.EndOfShares; place++)
                sum.AddShare(Number(table.Shares[place].Caller), table.Shares[place].Figures.ToFigures(), place - first);
        }

        int Number(PlainLabel label)
        {
            if (here[label.Number] == 0)
                here[label.Number] = NumberOf(label.Label) + 1;
            return here[label.Number] - 1;
        }
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
        var sum = SumOf(NumberOf(rename(row.Label)));
        sum.Add(row.Figures, isOfAnother);
        for (var i = 0; i < row.Callers.Count; i++)
            sum.AddShare(NumberOf(rename(row.Callers[i].Key)), row.Callers[i].Value, i);
    }

    RowSum SumOf(int label)
    {
        if (sumOf[label] is { } known)
            return known;
        var sum = new RowSum(label, sums.Count);
        sums.Add(sum);
        return sumOf[label] = sum;
    }

    int NumberOf(MethodLabel label)
    {
        if (!numbers.TryGetValue(label, out var number))
        {
            numbers.Add(label, number = labels.Count);
            labels.Add(label);
            sumOf.Add(null);
        }
        else if (labels[number].Origin is null && label.Origin is not null)
        {
            labels[number] = label;
        }
        return number;
    }
}
