namespace ProfilerWeaver.Weaving;

/// <summary>Guesses what somebody meant who mistyped a name.</summary>
static class NearestName
{
    /// <summary>The one of <paramref name="names"/> that takes the fewest edits to get from <paramref name="text"/>,
    /// upper and lower case being alike.</summary>
    public static string Of(string text, IEnumerable<string> names) =>
        names.OrderBy(name => Distance(text.ToUpperInvariant(), name.ToUpperInvariant())).First();

    /// <summary>A question that ends a message, " Did you mean "x"?"; nothing if no name is near, so that nobody takes a guess for
    /// advice: "all" is the nearest to "no".</summary>
    public static string Question(string text, IEnumerable<string> names, string quote = "\"")
    {
        var nearest = Of(text, names);
        return Distance(text.ToUpperInvariant(), nearest.ToUpperInvariant()) <= text.Length / 2 ? $" Did you mean {quote}{nearest}{quote}?" : "";
    }

    // Levenshtein, row by row.
    static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var substituted = diagonal + (from[i - 1] == to[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[to.Length];
    }
}
