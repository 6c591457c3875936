using System.Text.RegularExpressions;

namespace ProfilerWeaver.Weaving;

/// <summary>The names that F# gives to what it moves out of the method in which the user wrote it:
/// <c>twice@35-1T</c>.</summary>
static class FSharpName
{
    // The name around it, the line, a number, and a letter for each further part of a closure that is made in steps: T
    // behind type parameters, D behind the five arguments that one call can pass.
    static readonly Regex Form = new(@"^(?<name>.+)@(?<line>\d+)(-\d+)?[TD]*$");

    // What F# replaces by a hyphen in the name of a type.
    static readonly Regex NotInTypeNames = new(@"[.+$&\[\]/\\*""`]");

    /// <summary>Whether F# made the name of a type or method.</summary>
    public static bool Is(string name) => name.IndexOf('@') > 0 && Form.IsMatch(WithoutArity(name));

    /// <summary>The line that F# wrote into the name of a type, method or field; 0 if it made no such name, or wrote the 1
    /// that stands for no line.</summary>
    public static int LineIn(string name) =>
        name.IndexOf('@') > 0 && Form.Match(WithoutArity(name)) is { Success: true } match
        && int.TryParse(match.Groups["line"].Value, out var line) && line > 1 ? line : 0;

    /// <summary>The name of the user's that such a name begins with; empty if it tells none.</summary>
    public static string Written(string name)
    {
        var written = Form.Match(WithoutArity(name)).Groups["name"].Value;
        if (written.EndsWith("$cont", StringComparison.Ordinal))
            return "<continued>";
        return written.StartsWith("Pipe #", StringComparison.Ordinal) || written.StartsWith("<", StringComparison.Ordinal)
            ? ""
            : written;
    }

    /// <summary>Whether the type of the name <paramref name="next"/> is the part of a closure that follows on
    /// <paramref name="part"/>.</summary>
    public static bool IsNextPart(string next, string part)
    {
        var (name, before) = (WithoutArity(next), WithoutArity(part));
        return name.Length == before.Length + 1 && name[before.Length] is ('T' or 'D') && name.StartsWith(before, StringComparison.Ordinal);
    }

    /// <summary>A name as it appears in that of a type.</summary>
    public static string InTypeName(string name) => NotInTypeNames.Replace(name, "-");

    static string WithoutArity(string name) => name.IndexOf('`') is >= 0 and var tick ? name.Substring(0, tick) : name;
}
