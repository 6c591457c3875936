namespace ProfilerWeaver;

/// <summary>The names, texts and comparisons of the sort keys.</summary>
static class SortOrder
{
    static readonly KeyValuePair<string, SortKey>[] Names =
    [
        new("calls", SortKey.Calls),
        new("ncalls", SortKey.Calls),
        new("cumtime", SortKey.Cumulative),
        new("cumulative", SortKey.Cumulative),
        new("filename", SortKey.FileName),
        new("line", SortKey.Line),
        new("module", SortKey.FileName),
        new("name", SortKey.Name),
        new("nfl", SortKey.NameFileLine),
        new("pcalls", SortKey.PrimitiveCalls),
        new("stdname", SortKey.StandardName),
        new("time", SortKey.Time),
        new("tottime", SortKey.Time),
    ];

    static readonly Dictionary<string, SortKey> Abbreviations = FindAbbreviations();

    // Not abbreviated, or what pstats accepts would become ambiguous.
    static readonly KeyValuePair<string, SortKey>[] OwnNames =
    [
        new("percall_tottime", SortKey.TimePerCall),
        new("percall_cumtime", SortKey.CumulativePerCall),
        new("elapsed", SortKey.Elapsed),
        new("waiting", SortKey.Waiting),
        new("slowest", SortKey.Slowest),
    ];

    /// <summary>The full names that pstats has, in the order in which its browser lists them.</summary>
    public static IReadOnlyList<KeyValuePair<string, SortKey>> PstatsNames => Names;

    /// <summary>The full names of all keys.</summary>
    public static IEnumerable<KeyValuePair<string, SortKey>> AllNames => [.. Names, .. OwnNames];

    public static bool TryParse(string name, out SortKey key)
    {
        if (Abbreviations.TryGetValue(name, out key))
            return true;
        foreach (var own in OwnNames)
        {
            key = own.Value;
            if (own.Key == name)
                return true;
        }
        return false;
    }

    public static SortKey Parse(string name) => TryParse(name, out var key)
        ? key
        : throw new ArgumentException($"'{name}' is not a sort key. Choose from "
            + string.Join(", ", AllNames.Select(known => known.Key))
            + ". Names from pstats can be abbreviated.");

    /// <summary>The text after "Ordered by".</summary>
    public static string Description(SortKey key, ClockUnit unit = ClockUnit.Seconds) => key switch
    {
        SortKey.Calls => "call count",
        SortKey.Cumulative => "cumulative " + Quantity(unit),
        SortKey.FileName => "file name",
        SortKey.Line => "line number",
        SortKey.Name => "function name",
        SortKey.NameFileLine => "name/file/line",
        SortKey.PrimitiveCalls => "primitive call count",
        SortKey.StandardName => "standard name",
        SortKey.Time => "internal " + Quantity(unit),
        SortKey.TimePerCall => $"internal {Quantity(unit)} per call",
        SortKey.CumulativePerCall => $"cumulative {Quantity(unit)} per call",
        SortKey.Elapsed => "elapsed " + Quantity(unit),
        SortKey.Waiting => "waiting " + Quantity(unit),
        SortKey.Slowest => "slowest call",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "Not a sort key."),
    };

    static string Quantity(ClockUnit unit) => unit switch
    {
        ClockUnit.Bytes => "bytes",
        ClockUnit.Samples => "samples",
        _ => "time",
    };

    public static MethodStats[] Sort(IReadOnlyList<MethodStats> rows, IReadOnlyList<SortKey> keys) =>
        Sort(rows, row => row.Label, row => row.Figures, keys);

    /// <summary>Sorts by the first key, ties by the next one; what is equal in all keeps its order.</summary>
    public static T[] Sort<T>(
        IReadOnlyList<T> items, Func<T, MethodLabel> label, Func<T, Figures> figures, IReadOnlyList<SortKey> keys)
    {
        var entries = new Entry[items.Count];
        // Names may be long.
        var byStandardName = keys.Contains(SortKey.StandardName);
        for (var i = 0; i < entries.Length; i++)
            entries[i] = new(label(items[i]), figures(items[i]), byStandardName ? label(items[i]).ToString() : "", i);
        Array.Sort(entries, (left, right) =>
        {
            foreach (var key in keys)
            {
                var order = Compare(key, left, right);
                if (order != 0)
                    return order;
            }
            return left.Place.CompareTo(right.Place);
        });
        return Array.ConvertAll(entries, entry => items[entry.Place]);
    }

    static int Compare(SortKey key, Entry a, Entry b) => key switch
    {
        SortKey.Calls => b.Figures.Calls.CompareTo(a.Figures.Calls),
        SortKey.Cumulative => b.Figures.CumulativeTime.CompareTo(a.Figures.CumulativeTime),
        SortKey.FileName => CodePointOrder.Compare(a.Label.File, b.Label.File),
        SortKey.Line => a.Label.Line.CompareTo(b.Label.Line),
        SortKey.Name => CodePointOrder.Compare(a.Label.Name, b.Label.Name),
        SortKey.NameFileLine => CompareNameFileLine(a.Label, b.Label),
        SortKey.PrimitiveCalls => b.Figures.PrimitiveCalls.CompareTo(a.Figures.PrimitiveCalls),
        SortKey.StandardName => CodePointOrder.Compare(a.StandardName, b.StandardName),
        SortKey.Time => b.Figures.TotalTime.CompareTo(a.Figures.TotalTime),
        SortKey.TimePerCall => b.Figures.TotalTimePerCall.CompareTo(a.Figures.TotalTimePerCall),
        SortKey.Elapsed => b.Figures.ElapsedTime.CompareTo(a.Figures.ElapsedTime),
        SortKey.Waiting => b.Figures.WaitingTime.CompareTo(a.Figures.WaitingTime),
        SortKey.Slowest => b.Figures.SlowestTime.CompareTo(a.Figures.SlowestTime),
        _ => b.Figures.CumulativeTimePerCall.CompareTo(a.Figures.CumulativeTimePerCall),
    };

    readonly record struct Entry(MethodLabel Label, Figures Figures, string StandardName, int Place);

    static int CompareNameFileLine(MethodLabel a, MethodLabel b)
    {
        var order = CodePointOrder.Compare(a.Name, b.Name);
        if (order == 0)
            order = CodePointOrder.Compare(a.File, b.File);
        return order != 0 ? order : a.Line.CompareTo(b.Line);
    }

    /// <summary>Every beginning of a name that pstats accepts. Its table is not that of the unique beginnings: once two
    /// names meet, the shorter beginnings of the later one are not looked at (so "cu" is known, but "cum" is not).
    /// </summary>
    static Dictionary<string, SortKey> FindAbbreviations()
    {
        var known = new Dictionary<string, SortKey>();
        var ambiguous = new List<string>();
        foreach (var name in Names)
        {
            for (var length = name.Key.Length; length > 0; length--)
            {
                var beginning = name.Key.Substring(0, length);
                if (known.ContainsKey(beginning))
                {
                    ambiguous.Add(beginning);
                    break;
                }
                known[beginning] = name.Value;
            }
        }
        foreach (var beginning in ambiguous)
            known.Remove(beginning);
        return known;
    }
}
