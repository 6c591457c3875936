namespace CodeStats.Lexing;

/// <summary>Keeps one string for each name, however often the name occurs in a text.</summary>
sealed class NamePool
{
    readonly HashSet<string> names = [];
    readonly HashSet<string>.AlternateLookup<ReadOnlySpan<char>> lookup;

    public NamePool() => lookup = names.GetAlternateLookup<ReadOnlySpan<char>>();

    public string Intern(ReadOnlySpan<char> name)
    {
        if (lookup.TryGetValue(name, out var known))
            return known;
        var added = name.ToString();
        names.Add(added);
        return added;
    }
}
