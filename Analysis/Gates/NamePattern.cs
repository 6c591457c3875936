using System.Text.RegularExpressions;

namespace ProfilerWeaver;

/// <summary>Says which methods are meant: by a full name or the last parts of one, without or with parameter types; <c>*</c> stands for
/// any characters. Methods outside the woven assemblies are in braces.</summary>
sealed class NamePattern
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
    public bool Matches(string name) =>
        IsExternal == name is ['{', .., '}'] && regex.IsMatch(IsExternal ? name[1..^1] : name);

    public override string ToString() => Text;
}
