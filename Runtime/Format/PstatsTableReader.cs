using System.Globalization;

namespace ProfilerWeaver;

/// <summary>Makes rows of the object in a pstats file, and checks on the way that it is one.</summary>
sealed class PstatsTableReader(string source)
{
    public MethodStats[] Rows(object? value)
    {
        if (value is not MarshalDictionary table)
            throw Invalid(0, "expected a dictionary");
        if (table.Items.Count == 0)
            throw Invalid(0, "nothing was recorded: the table is empty");
        var rows = new OrderedTable<MethodStats>();
        foreach (var item in table.Items)
        {
            var label = Label(item.Key, table.Offset);
            rows.Set(label, Row(label, item.Value, table.Offset));
        }
        return [.. rows.Values];
    }

    MethodStats Row(MethodLabel label, object? value, int parent)
    {
        var tuple = Tuple(value, 5, parent);
        var figures = new Figures(
            Integer(tuple, 1),
            Integer(tuple, 0),
            Number(tuple, 2),
            Number(tuple, 3));
        return tuple.Items[4] is MarshalDictionary callers
            ? new MethodStats(label, figures, Callers(callers))
            : throw Invalid(tuple.Offset, "the last item of a row is not a dictionary");
    }

    IReadOnlyList<KeyValuePair<MethodLabel, Figures>> Callers(MarshalDictionary dictionary)
    {
        if (dictionary.AsCallers is { } known)
            return known;
        var callers = new OrderedTable<KeyValuePair<MethodLabel, Figures>>();
        foreach (var item in dictionary.Items)
        {
            var label = Label(item.Key, dictionary.Offset);
            callers.Set(label, new(label, Share(item.Value, dictionary.Offset)));
        }
        return dictionary.AsCallers = [.. callers.Values];
    }

    Figures Share(object? value, int parent)
    {
        if (value is long calls)
            return Figures.CallsOnly(calls);
        var tuple = Tuple(value, 4, parent);
        return new Figures(Integer(tuple, 0), Integer(tuple, 1), Number(tuple, 2), Number(tuple, 3));
    }

    MethodLabel Label(object? value, int parent)
    {
        var tuple = Tuple(value, 3, parent);
        if (tuple.AsLabel is { } known)
            return known;
        var items = tuple.Items;
        if (NameOf(items[0]) is not { } file
            || items[1] is not (long line and >= int.MinValue and <= int.MaxValue)
            || NameOf(items[2]) is not { } name)
            throw Invalid(tuple.Offset, "a label does not consist of file, line and function");
        tuple.AsLabel = new MethodLabel(file, (int)line, name);
        return tuple.AsLabel.Value;
    }

    // pstats prints whatever stands there.
    static string? NameOf(object? value) => value switch
    {
        string text => text,
        MarshalCode code => code.ToString(),
        null => "None",
        bool or long => Convert.ToString(value, CultureInfo.InvariantCulture),
        double number => PythonText.Repr(number),
        _ => null,
    };

    MarshalTuple Tuple(object? value, int count, int parent) => value is MarshalTuple tuple
        ? tuple.Items.Length == count
            ? tuple
            : throw Invalid(tuple.Offset, $"a tuple has {tuple.Items.Length} items instead of {count}")
        : throw Invalid(parent, $"a dictionary contains something other than tuples of {count} items");

    long Integer(MarshalTuple tuple, int index) =>
        tuple.Items[index] as long? ?? throw Invalid(tuple.Offset, $"item {index} of a tuple is not an integer");

    double Number(MarshalTuple tuple, int index) => tuple.Items[index] switch
    {
        double number => number,
        long number => number,
        _ => throw Invalid(tuple.Offset, $"item {index} of a tuple is not a number"),
    };

    InvalidProfileException Invalid(int offset, string reason) => new(source, offset, reason);

    /// <summary>Like Python's dictionary: a key that is set again keeps its place and gets the new value.</summary>
    sealed class OrderedTable<T>
    {
        readonly Dictionary<MethodLabel, int> places = [];

        public List<T> Values { get; } = [];

        public void Set(MethodLabel key, T value)
        {
            if (places.TryGetValue(key, out var place))
            {
                Values[place] = value;
                return;
            }
            places[key] = Values.Count;
            Values.Add(value);
        }
    }
}
