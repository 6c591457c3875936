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

    /// <summary><c>&lt;&gt;n__0</c>: calls a method of the base class for a lambda or a state machine, which cannot.</summary>
    BaseCall,

    /// <summary><c>_Lambda$__R1</c>: fits a method to a delegate that takes or returns something else (VB).</summary>
    Relaxation,
}

/// <summary>
/// What a name that a compiler made up says: Roslyn's <c>GeneratedNames</c> puts the enclosing member in angle brackets
/// and a letter for the kind behind; VB writes <c>_Lambda$__1-0</c> and <c>$VB$ClosureStub_Load_MyBase</c>.
/// </summary>
/// <param name="Kind">What the name stands for.</param>
/// <param name="Outer">The metadata name of the enclosing member; empty if the name does not tell it.</param>
/// <param name="Inner">The name that the user wrote; empty for a lambda.</param>
readonly record struct CompilerName(CompilerNameKind Kind, string Outer, string Inner)
{
    static readonly Regex CSharp = new(@"^<(?<outer>.+)>(?<kind>[bg])__(?<inner>[^|]*)(\|.*)?$");

    // "<Program>F0123…__Order": the name of the file, and a hash of its path.
    static readonly Regex OfFile = new(@"<[^<>]*>F[0-9A-F]{64}__");

    /// <summary>Takes a metadata name apart.</summary>
    public static CompilerName Parse(string name)
    {
        // Most names are the user's.
        if (name.Length == 0 || name[0] is not ('<' or '_' or '$'))
            return new(CompilerNameKind.None, "", name);
        if (name.StartsWith("<>n__", StringComparison.Ordinal) || name.StartsWith("$VB$ClosureStub_", StringComparison.Ordinal))
            return new(CompilerNameKind.BaseCall, "", "");
        if (name.StartsWith("_Lambda$__R", StringComparison.Ordinal))
            return new(CompilerNameKind.Relaxation, "", "");
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

    /// <summary>The name without what tells a type that is local to its file from those of other files.</summary>
    public static string WithoutFile(string name) =>
        name.IndexOf(">F", StringComparison.Ordinal) >= 0 ? OfFile.Replace(name, "") : name;
}
