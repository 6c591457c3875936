using System.Collections.Frozen;

namespace CodeStats.Lexing;

/// <summary>The reserved words and the operators of C#.</summary>
static class Vocabulary
{
    static readonly FrozenSet<string> Keywords = FrozenSet.ToFrozenSet(
    [
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const",
        "continue", "decimal", "default", "delegate", "do", "double", "else", "enum", "event", "explicit", "extern",
        "false", "finally", "fixed", "float", "for", "foreach", "goto", "if", "implicit", "in", "int", "interface",
        "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out", "override",
        "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof",
        "stackalloc", "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint",
        "ulong", "unchecked", "unsafe", "ushort", "using", "virtual", "void", "volatile", "while",
    ]);

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> KeywordLookup =
        Keywords.GetAlternateLookup<ReadOnlySpan<char>>();

    // No operator starts with ">>": only the parser can tell a shift from the end of nested type arguments.
    static readonly string[] Operators =
    [
        "<<=", "??=",
        "::", "..", "++", "--", "&&", "||", "->", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=", "%=", "&=", "|=",
        "^=", "<<", "??", "?.", "=>",
        "{", "}", "[", "]", "(", ")", ".", ",", ":", ";", "+", "-", "*", "/", "%", "&", "|", "^", "!", "~", "=", "<",
        ">", "?",
    ];

    static readonly string[][] OperatorsByFirst = GroupByFirst();

    /// <summary>Whether the word is reserved; gives the one string that stands for it.</summary>
    public static bool TryGetKeyword(ReadOnlySpan<char> word, out string keyword) =>
        KeywordLookup.TryGetValue(word, out keyword!);

    /// <summary>The longest operator that the text begins with, or null.</summary>
    public static string? OperatorAt(ReadOnlySpan<char> text)
    {
        if (text[0] >= OperatorsByFirst.Length)
            return null;
        foreach (var candidate in OperatorsByFirst[text[0]])
        {
            if (text.StartsWith(candidate, StringComparison.Ordinal))
                return IsNumberAfterQuestionMark(candidate, text) ? "?" : candidate;
        }
        return null;
    }

    static bool IsNumberAfterQuestionMark(string candidate, ReadOnlySpan<char> text) =>
        candidate == "?." && text.Length > 2 && char.IsAsciiDigit(text[2]);

    static string[][] GroupByFirst()
    {
        var groups = new string[128][];
        for (var first = 0; first < groups.Length; first++)
            groups[first] = [.. Operators.Where(candidate => candidate[0] == first)];
        return groups;
    }
}
