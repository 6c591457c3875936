namespace ProfilerWeaver;

/// <summary>Finds a row by as much of the method's name as tells it from others.</summary>
static class NameLookup
{
    const int MostNamed = 5;

    public static MethodStats Find(IReadOnlyList<MethodStats> rows, string name) =>
        FindOrDefault(rows, name) ?? throw new KeyNotFoundException(
            $"The profile has no method '{name}'.{Guess(rows, name)} If the name is correct, the method was not called, "
            + "or is not woven.");

    /// <returns>The row; null if there is none.</returns>
    /// <exception cref="KeyNotFoundException">There is more than one.</exception>
    public static MethodStats? FindOrDefault(IReadOnlyList<MethodStats> rows, string name)
    {
        var found = Where(rows, label => BareName(label) == name || label.ToString() == name);
        if (found.Count == 0)
            found = Where(rows, label => EndsWith(BareName(label), name));
        if (found.Count == 0)
            found = Where(rows, label => WithoutParameters(BareName(label)) is var bare && (bare == name || EndsWith(bare, name)));
        return found.Count switch
        {
            0 => null,
            1 => found[0],
            _ => throw new KeyNotFoundException($"'{name}' is ambiguous: it can be {Names(found)}. Give more of the name, or the "
                + "whole label."),
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

    /// <summary>The name without the brackets of external methods.</summary>
    public static string BareName(MethodLabel label)
    {
        if (!label.IsExternal)
            return label.Name;
        var text = label.ToString();
        return text.Length > 1 && text[0] == '{' ? text.Substring(1, text.Length - 2) : text;
    }

    static string WithoutParameters(string name)
    {
        var start = name.EndsWith(")", StringComparison.Ordinal) ? name.IndexOf('(') : -1;
        return start < 0 ? name : name.Substring(0, start);
    }

    static bool EndsWith(string name, string end) =>
        end.Length > 0
        && name.Length > end.Length
        && name.EndsWith(end, StringComparison.Ordinal)
        && name[name.Length - end.Length - 1] is '.' or '+' or '/' or ':' or ' ';

    static string Guess(IReadOnlyList<MethodStats> rows, string name)
    {
        var near = NearestNames.Of(name, rows.Select(row => WithoutParameters(BareName(row.Label))));
        return near.Count == 0 ? "" : $" Did you mean {Printable.Text(string.Join(" or ", near))}?";
    }

    static string Names(List<MethodStats> found)
    {
        var names = found.ConvertAll(row => row.Label.ToPrintable());
        return names.Count <= MostNamed
            ? string.Join(" or ", names)
            : string.Join(", ", names.GetRange(0, MostNamed)) + $" or {names.Count - MostNamed} others";
    }
}
