namespace ProfilerWeaver;

/// <summary>Guesses what somebody meant who mistyped the name of a method.</summary>
static class NearestNames
{
    const int MostGuesses = 3;

    /// <summary>The names whose end differs from <paramref name="text"/> in few letters, the nearest first; upper and
    /// lower case are alike.</summary>
    public static IReadOnlyList<string> Of(string text, IEnumerable<string> names)
    {
        var segments = text.Count(character => character == '.');
        var most = Math.Max(2, text.Length / 4);
        return
        [
            .. names.Distinct()
                .Select(name => (Name: name, Distance: Distance(text, End(name, segments))))
                .Where(guess => guess.Distance <= most)
                .OrderBy(guess => guess.Distance)
                .ThenBy(guess => guess.Name, StringComparer.Ordinal)
                .Take(MostGuesses)
                .Select(guess => guess.Name),
        ];
    }

    /// <summary>The part of a name that has as many dots.</summary>
    static string End(string name, int dots)
    {
        for (var i = name.Length - 1; i >= 0; i--)
        {
            if (name[i] == '.' && dots-- == 0)
                return name.Substring(i + 1);
        }
        return name;
    }

    // Levenshtein, row by row.
    static int Distance(string from, string to)
    {
        var row = new int[to.Length + 1];
        for (var j = 0; j < row.Length; j++)
            row[j] = j;
        for (var i = 1; i <= from.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= to.Length; j++)
            {
                var isSame = char.ToUpperInvariant(from[i - 1]) == char.ToUpperInvariant(to[j - 1]);
                var substituted = diagonal + (isSame ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, 1 + Math.Min(row[j], row[j - 1]));
            }
        }
        return row[to.Length];
    }
}
