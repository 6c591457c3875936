using System.Text.RegularExpressions;

namespace ProfilerWeaver.Weaving;

enum CompilerNameKind
{
    /// <summary>A name that the user wrote.</summary>
    None,

    /// <summary><c>&lt;Outer&gt;b__1_0</c>: a lambda or anonymous method in <c>Outer</c>.</summary>
    Lambda,

    /// <summary><c>&lt;Outer&gt;g__Inner|1_0</c>: a local function <c>Inner</c> in <c>Outer</c>.</summary>
    LocalFunction,
}

/// <summary>
/// What a name that a compiler made up says: Roslyn's <c>GeneratedNames</c> puts the enclosing member in angle brackets
/// and a letter for the kind behind; VB writes <c>_Lambda$__1-0</c>.
/// </summary>
/// <param name="Kind">What the name stands for.</param>
/// <param name="Outer">The metadata name of the enclosing member; empty if the name does not tell it.</param>
/// <param name="Inner">The name that the user wrote; empty for a lambda.</param>
readonly record struct CompilerName(CompilerNameKind Kind, string Outer, string Inner)
{
    static readonly Regex CSharp = new(@"^<(?<outer>.+)>(?<kind>[bg])__(?<inner>[^|]*)(\|.*)?$");

    /// <summary>Takes a metadata name apart.</summary>
    public static CompilerName Parse(string name)
    {
        // Most names are the user's.
        if (name.Length == 0 || name[0] is not ('<' or '_'))
            return new(CompilerNameKind.None, "", name);
        var match = CSharp.Match(name);
        if (match.Success)
        {
            return match.Groups["kind"].Value == "g"
                ? new(CompilerNameKind.LocalFunction, match.Groups["outer"].Value, match.Groups["inner"].Value)
                : new(CompilerNameKind.Lambda, match.Groups["outer"].Value, "");
        }
        return name.StartsWith("_Lambda$__", StringComparison.Ordinal)
            ? new(CompilerNameKind.Lambda, "", "")
            : new(CompilerNameKind.None, "", name);
    }
}
