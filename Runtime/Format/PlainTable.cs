namespace ProfilerWeaver;

/// <summary>A table for pstats as it is in a file.</summary>
sealed class PlainTable
{
    readonly Sequence<PlainRow> rows = new();
    readonly Sequence<PlainShare> shares = new();

    /// <summary>Its labels, and perhaps others.</summary>
    public LabelTable Labels { get; private set; } = new();

    /// <summary>The rows.</summary>
    public Sequence<PlainRow> Rows => rows;

    /// <summary>The shares of all callers, row by row.</summary>
    public Sequence<PlainShare> Shares => shares;

    /// <summary>The place of a row's first share.</summary>
    public int FirstShareOf(int row) => row == 0 ? 0 : rows[row - 1].EndOfShares;

    /// <summary>Adds a row. The shares that were added since the last one are its.</summary>
    public void AddRow(PlainLabel label, in PlainFigures figures) => rows.Add(new(label, figures, shares.Count));

    /// <summary>Takes all rows away, so that those of another table can come in.</summary>
    /// <param name="labels">The labels of the other table.</param>
    public void Clear(LabelTable labels)
    {
        Labels = labels;
        rows.Clear();
        shares.Clear();
    }

    /// <summary>Whether one of the callers has a label.</summary>
    public bool HasCaller(MethodLabel label)
    {
        for (var i = 0; i < shares.Count; i++)
        {
            if (shares[i].Caller.Label == label)
                return true;
        }
        return false;
    }

    public MethodStats[] ToRows()
    {
        var all = new MethodStats[rows.Count];
        for (var row = 0; row < all.Length; row++)
        {
            var first = FirstShareOf(row);
            var callers = new KeyValuePair<MethodLabel, Figures>[rows[row].EndOfShares - first];
            for (var i = 0; i < callers.Length; i++)
                callers[i] = new(shares[first + i].Caller.Label, shares[first + i].Figures.ToFigures());
            all[row] = new(rows[row].Label.Label, rows[row].Figures.ToFigures(), callers);
        }
        return all;
    }
}

/// <summary>A row of a <see cref="PlainTable"/>.</summary>
/// <param name="Label">Its label.</param>
/// <param name="Figures">The figures of the method.</param>
/// <param name="EndOfShares">The place behind the share of its last caller.</param>
readonly record struct PlainRow(PlainLabel Label, PlainFigures Figures, int EndOfShares);

/// <summary>What a caller contributes to a row of a <see cref="PlainTable"/>.</summary>
readonly record struct PlainShare(PlainLabel Caller, PlainFigures Figures);

/// <summary>The figures that a table for pstats has.</summary>
readonly record struct PlainFigures(long Calls, long PrimitiveCalls, double TotalTime, double CumulativeTime)
{
    public Figures ToFigures() => new(Calls, PrimitiveCalls, TotalTime, CumulativeTime);

    /// <summary>The sum of these and others.</summary>
    public Figures AddedTo(in Figures other) => other with
    {
        Calls = other.Calls + Calls,
        PrimitiveCalls = other.PrimitiveCalls + PrimitiveCalls,
        TotalTime = other.TotalTime + TotalTime,
        CumulativeTime = other.CumulativeTime + CumulativeTime,
    };
}
