namespace ProfilerWeaver;

/// <summary>Finds a row by as much of the method's name as tells it from others.</summary>
static class NameLookup
{
    const int MostNamed = 5;

    public static MethodStats Find(IReadOnlyList<MethodStats> rows, string name)
    {
        var exact = Where(rows, label => BareName(label) == name || label.ToString() == name);
        var found = exact.Count > 0 ? exact : Where(rows, label => EndsWith(BareName(label), name));
        return found.Count switch
        {
            1 => found[0],
            0 => throw new KeyNotFoundException($"The profile has no method '{name}'. Check the spelling, and whether "
                + "the method is woven and was called."),
            _ => throw new KeyNotFoundException($"'{name}' can be {Names(found)}. Write more of the name, or the whole "
                + "label."),
        };
    }

    static List<MethodStats> Where(IReadOnlyList<MethodStats> rows, Func<MethodLabel, bool> matches)
    {
        var found = new List<MethodStats>();
        foreach (var row in rows)
        {
            if (matches(row.Label))
                found.Add(row);
        }
        return found;
    }

    static string BareName(MethodLabel label)
    {
        if (!label.IsExternal)
            return label.Name;
        var text = label.ToString();
        return text.Length > 1 && text[0] == '{' ? text.Substring(1, text.Length - 2) : text;
    }

    static bool EndsWith(string name, string end) =>
        end.Length > 0
        && name.Length > end.Length
        && name.EndsWith(end, StringComparison.Ordinal)
        && name[name.Length - end.Length - 1] is '.' or '+' or '/' or ':' or ' ';

    static string Names(List<MethodStats> found)
    {
        var names = found.ConvertAll(row => row.Label.ToString());
        return names.Count <= MostNamed
            ? string.Join(" or ", names)
            : string.Join(", ", names.GetRange(0, MostNamed)) + $" or {names.Count - MostNamed} others";
    }
}
