using System.Text.RegularExpressions;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// The patterns of <c>Include</c> and <c>Exclude</c>. A pattern stands for the full name of a method, or of a type or
/// namespace around it; <c>*</c> stands for any text, <c>?</c> for any character.
/// </summary>
sealed class NameFilter(IReadOnlyList<string> include, IReadOnlyList<string> exclude)
{
    readonly Pattern[] included = [.. include.Select(text => new Pattern(nameof(WeaverSettings.Include), text))];
    readonly Pattern[] excluded = [.. exclude.Select(text => new Pattern(nameof(WeaverSettings.Exclude), text))];

    /// <summary>Whether there is no pattern at all.</summary>
    public bool IsEmpty => included.Length == 0 && excluded.Length == 0;

    /// <summary>Whether a method of the module is to be left alone.</summary>
    /// <param name="name">Its full name, without parameters.</param>
    /// <param name="reason">Why, if so.</param>
    public bool LeavesOut(string name, out string reason)
    {
        reason = Excludes(name) ? "excluded by Exclude" : "not in Include";
        return Excludes(name) || (included.Length > 0 && !Matches(included, name));
    }

    /// <summary>Whether a pattern of <c>Exclude</c> matches; <c>Include</c> says nothing about external methods.</summary>
    public bool Excludes(string name) => Matches(excluded, name);

    /// <summary>What the user is told about patterns that matched no method.</summary>
    public IEnumerable<string> Warnings => included.Concat(excluded).Where(pattern => !pattern.HasMatched)
        .Select(pattern => $"the pattern \"{pattern.Text}\" of {pattern.Setting} matches no method. A pattern is " +
            "the full name of a method, type or namespace, for example \"Shop.Repository.*\".");

    // All of them are tried, so that each one is known to match something or not.
    static bool Matches(Pattern[] patterns, string name)
    {
        var matches = false;
        foreach (var pattern in patterns)
            matches |= pattern.Matches(name);
        return matches;
    }

    sealed class Pattern(string setting, string text)
    {
        readonly Regex regex = new("^" + Regex.Escape(text).Replace(@"\*", ".*").Replace(@"\?", ".") + @"($|[.(#])",
            RegexOptions.CultureInvariant);

        public string Setting => setting;

        public string Text => text;

        public bool HasMatched { get; private set; }

        public bool Matches(string name)
        {
            var matches = regex.IsMatch(name);
            HasMatched |= matches;
            return matches;
        }
    }
}
