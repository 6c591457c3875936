using System.Collections.Frozen;

namespace CodeStats.Parsing;

/// <summary>The sets of words and operators by which the parser tells constructs apart.</summary>
static class Words
{
    public static readonly FrozenSet<string> PredefinedTypes = FrozenSet.ToFrozenSet(
    [
        "bool", "byte", "char", "decimal", "double", "float", "int", "long", "object", "sbyte", "short", "string",
        "uint", "ulong", "ushort", "void",
    ]);

    public static readonly FrozenSet<string> Modifiers = FrozenSet.ToFrozenSet(
    [
        "abstract", "const", "event", "extern", "fixed", "internal", "new", "override", "private", "protected",
        "public", "readonly", "ref", "sealed", "static", "unsafe", "virtual", "volatile",
    ]);

    /// <summary>Modifiers that are also names; which of the two they are depends on what follows.</summary>
    public static readonly FrozenSet<string> ContextualModifiers =
        FrozenSet.ToFrozenSet(["async", "file", "partial", "required", "scoped"]);

    public static readonly FrozenSet<string> LocalFunctionModifiers =
        FrozenSet.ToFrozenSet(["static", "async", "unsafe", "extern"]);

    public static readonly FrozenSet<string> ParameterModifiers =
        FrozenSet.ToFrozenSet(["this", "ref", "out", "in", "params", "readonly", "scoped"]);

    public static readonly FrozenSet<string> AssignmentOperators =
        FrozenSet.ToFrozenSet(["=", "+=", "-=", "*=", "/=", "%=", "&=", "|=", "^=", "<<=", ">>=", ">>>=", "??="]);

    public static readonly FrozenSet<string> PrefixOperators =
        FrozenSet.ToFrozenSet(["+", "-", "!", "~", "++", "--", "&", "*", "^"]);

    /// <summary>What can follow the type arguments of a name inside an expression, where <c>&lt;</c> could also mean
    /// "less than".</summary>
    public static readonly FrozenSet<string> AfterTypeArguments = FrozenSet.ToFrozenSet(
    [
        "(", ")", "]", "}", ":", ";", ",", ".", "?", "?.", "==", "!=", "|", "^", "&&", "||", "&", "[", "{", "=>", ">",
        "is", "as", "::", "!",
    ]);

    /// <summary>What can follow the <c>?</c> of a nullable type inside an expression, where it could also begin a
    /// conditional.</summary>
    public static readonly FrozenSet<string> AfterNullable =
        FrozenSet.ToFrozenSet([")", "]", "}", ";", ",", ">", "=>", "?", "==", "!=", "&&", "||", "??", "="]);

    /// <summary>Keywords after a parenthesis that show that it is no cast.</summary>
    public static readonly FrozenSet<string> NeverCastOperands = FrozenSet.ToFrozenSet(["is", "as", "in", "switch"]);

    public static readonly FrozenSet<string> PatternWords = FrozenSet.ToFrozenSet(["and", "or", "when"]);

    public static readonly FrozenSet<string> QueryWords = FrozenSet.ToFrozenSet(
    [
        "ascending", "by", "descending", "equals", "from", "group", "into", "join", "let", "on", "orderby", "select",
        "where",
    ]);
}
