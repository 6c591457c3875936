namespace ProfilerWeaver;

/// <summary>The rows of <see cref="Stats"/>: one a label, in the order in which the labels came.</summary>
sealed class StatsTable
{
    readonly Dictionary<MethodLabel, int> places = [];
    readonly List<MethodStats> rows = [];

    public IReadOnlyList<MethodStats> Rows => rows;

    public MethodStats? Find(MethodLabel label) => places.TryGetValue(label, out var place) ? rows[place] : null;

    /// <summary>Adds the figures to those of the row that has the label, if there is one, which is of another profile.</summary>
    public void Add(MethodStats row) => Add(row, (left, right) => left.Profiles > 0 && right.Profiles > 0 ? left.And(right) : default);

    void Add(MethodStats row, Func<Occurrence, Occurrence, Occurrence> both)
    {
        if (!places.TryGetValue(row.Label, out var place))
        {
            places[row.Label] = rows.Count;
            rows.Add(row);
            return;
        }
        var known = rows[place];
        var figures = (known.Figures + row.Figures) with { Occurrence = both(known.Figures.Occurrence, row.Figures.Occurrence) };
        rows[place] = new MethodStats(known.Label, figures, Merge(known.Callers, row.Callers));
    }

    /// <summary>The same rows under other labels; what becomes equal is summed up, callers too.</summary>
    public StatsTable Rename(Func<MethodLabel, MethodLabel> rename)
    {
        var renamed = new StatsTable();
        foreach (var row in rows)
        {
            var callers = new List<KeyValuePair<MethodLabel, Figures>>(row.Callers.Count);
            foreach (var caller in row.Callers)
                callers.Add(new(rename(caller.Key), caller.Value));
            // They may be in the same profile.
            renamed.Add(new MethodStats(rename(row.Label), row.Figures, Merge([], callers)), (_, _) => default);
        }
        return renamed;
    }

    static List<KeyValuePair<MethodLabel, Figures>> Merge(
        IReadOnlyList<KeyValuePair<MethodLabel, Figures>> known,
        IReadOnlyList<KeyValuePair<MethodLabel, Figures>> added)
    {
        var merged = new List<KeyValuePair<MethodLabel, Figures>>(known.Count + added.Count);
        merged.AddRange(known);
        var places = new Dictionary<MethodLabel, int>();
        for (var i = 0; i < merged.Count; i++)
            places[merged[i].Key] = i;
        foreach (var caller in added)
        {
            if (places.TryGetValue(caller.Key, out var place))
            {
                merged[place] = new(caller.Key, merged[place].Value + caller.Value);
                continue;
            }
            places[caller.Key] = merged.Count;
            merged.Add(caller);
        }
        return merged;
    }
}
