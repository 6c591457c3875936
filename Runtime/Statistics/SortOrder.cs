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

    /// <summary>The full names, in the order in which pstats' browser lists them.</summary>
    public static IReadOnlyList<KeyValuePair<string, SortKey>> AllNames => Names;

    public static bool TryParse(string name, out SortKey key) => Abbreviations.TryGetValue(name, out key);

    public static SortKey Parse(string name) => TryParse(name, out var key)
        ? key
        : throw new ArgumentException($"'{name}' is not a sort key. Choose from "
            + string.Join(", ", Array.ConvertAll(Names, known => known.Key)) + "; unique beginnings will do.");

    /// <summary>The text after "Ordered by".</summary>
    public static string Description(SortKey key) => key switch
    {
        SortKey.Calls => "call count",
        SortKey.Cumulative => "cumulative time",
        SortKey.FileName => "file name",
        SortKey.Line => "line number",
        SortKey.Name => "function name",
        SortKey.NameFileLine => "name/file/line",
        SortKey.PrimitiveCalls => "primitive call count",
        SortKey.StandardName => "standard name",
        SortKey.Time => "internal time",
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "This is not a sort key."),
    };

    /// <summary>Sorts by the first key, ties by the next one; what is equal in all keeps its order.</summary>
    public static MethodStats[] Sort(IReadOnlyList<MethodStats> rows, IReadOnlyList<SortKey> keys)
    {
        var entries = new Entry[rows.Count];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = new(rows[i], rows[i].Label.ToString(), i);
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
        return Array.ConvertAll(entries, entry => entry.Row);
    }

    static int Compare(SortKey key, Entry a, Entry b) => key switch
    {
        SortKey.Calls => b.Row.Calls.CompareTo(a.Row.Calls),
        SortKey.Cumulative => b.Row.CumulativeTime.CompareTo(a.Row.CumulativeTime),
        SortKey.FileName => CodePointOrder.Compare(a.Row.Label.File, b.Row.Label.File),
        SortKey.Line => a.Row.Label.Line.CompareTo(b.Row.Label.Line),
        SortKey.Name => CodePointOrder.Compare(a.Row.Label.Name, b.Row.Label.Name),
        SortKey.NameFileLine => CompareNameFileLine(a.Row.Label, b.Row.Label),
        SortKey.PrimitiveCalls => b.Row.PrimitiveCalls.CompareTo(a.Row.PrimitiveCalls),
        SortKey.StandardName => CodePointOrder.Compare(a.StandardName, b.StandardName),
        _ => b.Row.TotalTime.CompareTo(a.Row.TotalTime),
    };

    readonly record struct Entry(MethodStats Row, string StandardName, int Place);

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
