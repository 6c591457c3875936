using System.Text.RegularExpressions;

namespace ProfilerWeaver.Weaving;

/// <summary>The operators that F# lets its users define: it spells their characters out in the name of the method, so
/// that <c>&lt;+&gt;</c> becomes <c>op_LessPlusGreater</c>.</summary>
static class FSharpOperator
{
    static readonly Dictionary<string, string> Characters = new(StringComparer.Ordinal)
    {
        ["Amp"] = "&",
        ["At"] = "@",
        ["Bang"] = "!",
        ["Bar"] = "|",
        ["Colon"] = ":",
        ["Comma"] = ",",
        ["Divide"] = "/",
        ["Dollar"] = "$",
        ["Dot"] = ".",
        ["Equals"] = "=",
        ["Greater"] = ">",
        ["Hash"] = "#",
        ["Hat"] = "^",
        ["Less"] = "<",
        ["Minus"] = "-",
        ["Multiply"] = "*",
        ["Percent"] = "%",
        ["Plus"] = "+",
        ["Qmark"] = "?",
        ["Twiddle"] = "~",
    };

    static readonly Dictionary<string, string> Named = new(StringComparer.Ordinal)
    {
        ["op_Append"] = "@",
        ["op_ComposeLeft"] = "<<",
        ["op_ComposeRight"] = ">>",
        ["op_Dereference"] = "!",
        ["op_PipeLeft"] = "<|",
        ["op_PipeLeft2"] = "<||",
        ["op_PipeLeft3"] = "<|||",
        ["op_PipeRight"] = "|>",
        ["op_PipeRight2"] = "||>",
        ["op_PipeRight3"] = "|||>",
        ["op_Range"] = "..",
        ["op_RangeStep"] = ".. ..",
        ["op_ColonEquals"] = ":=",
        ["op_Exponentiation"] = "**",
        ["op_Splice"] = "%",
        ["op_SpliceUntyped"] = "%%",
        ["op_AddressOf"] = "&",
        ["op_IntegerAddressOf"] = "&&",
        ["op_BooleanAnd"] = "&&",
        ["op_BooleanOr"] = "||",
        ["op_Dynamic"] = "?",
        ["op_DynamicAssignment"] = "?<-",
    };

    static readonly Regex Spelling = new($"^op_({string.Join("|", Characters.Keys)})+$");

    /// <summary>The operator as the user writes it; null if the name is not that of one.</summary>
    public static string? Symbol(string methodName)
    {
        if (!methodName.StartsWith("op_", StringComparison.Ordinal))
            return null;
        if (Named.TryGetValue(methodName, out var symbol))
            return symbol;
        var match = Spelling.Match(methodName);
        return match.Success
            ? string.Concat(match.Groups[1].Captures.Cast<Capture>().Select(capture => Characters[capture.Value]))
            : null;
    }
}
