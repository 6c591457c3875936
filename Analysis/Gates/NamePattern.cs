using System.Text.RegularExpressions;

namespace ProfilerWeaver;

/// <summary>Says which methods are meant: by a full name or the last parts of one, with or without parameters and type parameters;
/// <c>*</c> stands for any characters. Methods outside the woven assemblies are in braces.</summary>
sealed partial class NamePattern
{
    const string Wildcard = "*";

    readonly Regex regex;

    public NamePattern(string text)
    {
        Text = text;
        IsExternal = text is ['{', .., '}'];
        var name = IsExternal ? text[1..^1] : text;
        var start = name.StartsWith(Wildcard, StringComparison.Ordinal) ? "^" : @"^(?:.*[.+/: ])?";
        // A name with parameters, which tell overloads apart, is meant by the name without.
        var end = name.Contains('(', StringComparison.Ordinal) ? "$" : @"(?:\([^()]*\))?$";
        regex = new(start + Regex.Escape(name).Replace(@"\*", ".*", StringComparison.Ordinal) + end,
            RegexOptions.Singleline | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether methods outside the woven assemblies are meant.</summary>
    public bool IsExternal { get; }

    /// <summary>Whether more than one method may be meant.</summary>
    public bool HasWildcard => Text.Contains(Wildcard, StringComparison.Ordinal);

    /// <summary>Whether a method is meant, by its name as <see cref="MethodNames"/> has it.</summary>
    public bool Matches(string name)
    {
        if (IsExternal != name is ['{', .., '}'])
            return false;
        name = IsExternal ? name[1..^1] : name;
        return regex.IsMatch(name) || (name.Contains('<', StringComparison.Ordinal) && regex.IsMatch(TypeParameters().Replace(name, "")));
    }

    public override string ToString() => Text;

    // Behind a name: <lambda> is one itself.
    [GeneratedRegex(@"(?<=\w)<[^<>()]*>")]
    private static partial Regex TypeParameters();
}
