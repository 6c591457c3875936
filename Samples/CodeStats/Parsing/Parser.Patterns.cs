using CodeStats.Lexing;

namespace CodeStats.Parsing;

// Patterns.
sealed partial class Parser
{
    /// <param name="tightness">How tightly the operators of its constants bind at least.</param>
    SyntaxNode Pattern(int tightness = Precedence.Or)
    {
        GuardStack();
        return Combined("or", () => Combined("and", () => NegatedPattern(tightness)));
    }

    SyntaxNode Combined(string word, Func<SyntaxNode> operand)
    {
        var first = input.Position;
        var left = operand();
        while (input.TakeIf(word))
            left = Node(SyntaxKind.Pattern, first, left, operand());
        return left;
    }

    SyntaxNode NegatedPattern(int tightness)
    {
        GuardStack();
        var first = input.Position;
        if (!input.At("not") || AtPatternEnd(first + 1))
            return SinglePattern(tightness);
        input.Take();
        return Node(SyntaxKind.Pattern, first, NegatedPattern(tightness));
    }

    SyntaxNode SinglePattern(int tightness) => input.Current.Text switch
    {
        "(" when !IsCast() => StructuredPattern(),
        "{" or "[" => StructuredPattern(),
        ".." => SlicePattern(),
        "<" or ">" or "<=" or ">=" or "==" or "!=" => RelationalPattern(),
        "var" => VarPattern(),
        _ => IsTypePattern() ? StructuredPattern(Type(TypePlace.Expression)) : ConstantPattern(tightness),
    };

    SyntaxNode SlicePattern()
    {
        var first = input.Position;
        input.Expect("..");
        return Node(SyntaxKind.Pattern, first, AtOperandEnd() ? null : Pattern());
    }

    SyntaxNode RelationalPattern()
    {
        var first = input.Position;
        input.Take();
        return Node(SyntaxKind.Pattern, first, Binary(Precedence.Shift));
    }

    SyntaxNode ConstantPattern(int tightness)
    {
        var first = input.Position;
        return Node(SyntaxKind.Pattern, first, Binary(tightness));
    }

    SyntaxNode VarPattern()
    {
        var first = input.Position;
        input.Expect("var");
        if (input.At("(") && input.PartnerOf(input.Position) is var close and >= 0)
            input.SkipTo(close + 1);
        else
            input.ExpectIdentifier();
        return Node(SyntaxKind.Pattern, first);
    }

    /// <summary>What may follow the type of a pattern, or stand without one: positions, properties or a list, and a
    /// name.</summary>
    SyntaxNode StructuredPattern(SyntaxNode? type = null)
    {
        var first = type?.First ?? input.Position;
        var parts = new List<SyntaxNode>();
        if (type is not null)
            parts.Add(type);
        if (type is null && input.TakeIf("["))
            parts.AddRange(CommaSeparated("]", () => Pattern()));
        if (input.TakeIf("("))
            parts.AddRange(CommaSeparated(")", Subpattern));
        if (input.TakeIf("{"))
            parts.AddRange(CommaSeparated("}", Subpattern));
        if (IsDesignator(input.Position))
            input.Take();
        return NodeOf(SyntaxKind.Pattern, first, parts);
    }

    SyntaxNode Subpattern()
    {
        SkipSubpatternPath();
        return Pattern();
    }

    // "Name:" or "Owner.Name:".
    void SkipSubpatternPath()
    {
        var position = input.Position;
        while (input[position].IsIdentifier && input[position + 1].Text is "." or "?.")
            position += 2;
        if (input[position].IsIdentifier && input[position + 1].Text == ":")
            input.SkipTo(position + 2);
    }

    bool IsTypePattern()
    {
        if (!CanBeginType(input.Current) || input.At("nameof"))
            return false;
        var end = ScanType(input.Position, TypePlace.Expression);
        return end != NoType
            && (IsDesignator(end) || input[end].Text is "{" or "(" || AtPatternEnd(end) || input[end - 1].Text == ">");
    }

    bool AtPatternEnd(int position) =>
        input[position].Text is ")" or "]" or "}" or "," or ";" or ":" or "=>" or "&&" or "||" or "?"
            or "and" or "or" or "when"
        || input[position].Kind == TokenKind.EndOfFile;

    /// <summary>Whether the token is a name that something is given, and not a word that goes on after a pattern or
    /// between the clauses of a query.</summary>
    bool IsDesignator(int position)
    {
        var token = input[position];
        return token.IsIdentifier
            && !Words.PatternWords.Contains(token.Text)
            && (queryDepth == 0 || !Words.QueryWords.Contains(token.Text));
    }
}
