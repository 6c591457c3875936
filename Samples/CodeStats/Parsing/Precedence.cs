namespace CodeStats.Parsing;

/// <summary>How tightly the binary operators bind, from loose to tight.</summary>
static class Precedence
{
    public const int Lowest = Conditional;
    public const int Conditional = 1;
    public const int Coalescing = 2;
    public const int LogicalOr = 3;
    public const int LogicalAnd = 4;
    public const int Or = 5;
    public const int ExclusiveOr = 6;
    public const int And = 7;
    public const int Equality = 8;
    public const int Relational = 9;
    public const int Shift = 10;
    public const int Additive = 11;
    public const int Multiplicative = 12;
    public const int Switch = 13;
    public const int Range = 14;

    /// <summary>The precedence of an operator between two operands, or 0 for any other token.</summary>
    public static int Of(string text) => text switch
    {
        "?" => Conditional,
        "??" => Coalescing,
        "||" => LogicalOr,
        "&&" => LogicalAnd,
        "|" => Or,
        "^" => ExclusiveOr,
        "&" => And,
        "==" or "!=" => Equality,
        "<" or ">" or "<=" or ">=" or "is" or "as" => Relational,
        "<<" or ">>" or ">>>" => Shift,
        "+" or "-" => Additive,
        "*" or "/" or "%" => Multiplicative,
        "switch" or "with" => Switch,
        ".." => Range,
        _ => 0,
    };
}
