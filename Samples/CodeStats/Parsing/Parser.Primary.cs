using CodeStats.Lexing;

namespace CodeStats.Parsing;

// The operands of expressions.
sealed partial class Parser
{
    SyntaxNode Primary() => input.Current.Kind switch
    {
        TokenKind.Identifier when IsAnonymousMethod() => AnonymousMethod(),
        TokenKind.Identifier when IsDeconstruction() => Deconstruction(),
        TokenKind.Identifier => Name(),
        TokenKind.Keyword => KeywordOperand(),
        TokenKind.InterpolationStart => InterpolatedString(),
        TokenKind.Operator => BracketedOperand(),
        _ => input.Current.IsLiteral ? Single(SyntaxKind.Literal) : throw input.Unexpected("an expression"),
    };

    SyntaxNode BracketedOperand() => input.Current.Text switch
    {
        "(" => ParenthesizedOrTuple(),
        "[" => Collection(),
        _ => throw input.Unexpected("an expression"),
    };

    SyntaxNode KeywordOperand()
    {
        switch (input.Current.Text)
        {
            case "true" or "false" or "null":
                return Single(SyntaxKind.Literal);
            case "this" or "base":
                return Single(SyntaxKind.Name);
            case "new":
                return Creation();
            case "stackalloc":
                return StackAllocation();
            case "default" when input.Next.Text != "(":
                return Single(SyntaxKind.Literal);
            case "typeof" or "sizeof" or "default":
                return TypeOperator();
            case "checked" or "unchecked":
                input.Take();
                return ParenthesizedCondition();
            case "delegate":
                return AnonymousMethod();
            case "static" when IsAnonymousMethod():
                return AnonymousMethod();
        }
        return Words.PredefinedTypes.Contains(input.Current.Text)
            ? Single(SyntaxKind.Name)
            : throw input.Unexpected("an expression");
    }

    SyntaxNode Single(SyntaxKind kind)
    {
        var first = input.Position;
        input.Take();
        return Node(kind, first);
    }

    // "var (a, b)" declares if something is taken apart into it; else it calls a method of that name.
    bool IsDeconstruction() =>
        input.At("var") && input.Next.Text == "(" && input.PartnerOf(input.Position + 1) is var close and >= 0
        && input[close + 1].Text is "=" or "in";

    SyntaxNode Deconstruction()
    {
        var first = input.Position;
        input.SkipTo(input.PartnerOf(first + 1) + 1);
        return Node(SyntaxKind.Declaration, first);
    }

    SyntaxNode Name()
    {
        var first = input.Position;
        input.ExpectIdentifier();
        if (input.TakeIf("::"))
            input.ExpectIdentifier();
        SkipTypeArguments();
        return Node(SyntaxKind.Name, first);
    }

    void SkipTypeArguments()
    {
        if (!input.At("<"))
            return;
        var end = ScanTypeArguments(input.Position);
        if (end != NoType && CanFollowTypeArguments(input[end]))
            input.SkipTo(end);
    }

    static bool CanFollowTypeArguments(Token token) =>
        Words.AfterTypeArguments.Contains(token.Text)
        || token.Kind is TokenKind.HoleEnd or TokenKind.HoleFormat or TokenKind.EndOfFile;

    SyntaxNode TypeOperator()
    {
        var first = input.Position;
        input.Take();
        input.Expect("(");
        var type = Type();
        input.Expect(")");
        return Node(SyntaxKind.TypeOperator, first, type);
    }

    /// <summary>An expression in parentheses, which is that expression, or a tuple.</summary>
    SyntaxNode ParenthesizedOrTuple()
    {
        var first = input.Position;
        input.Expect("(");
        var elements = CommaSeparated(")", TupleElement);
        return elements switch
        {
            [] => throw input.Unexpected("an expression in the parentheses before"),
            [var single] => single,
            _ => NodeOf(SyntaxKind.Tuple, first, elements),
        };
    }

    SyntaxNode TupleElement()
    {
        SkipArgumentName();
        return IsDeclarationBefore(",") || IsDeclarationBefore(")") ? DeclarationExpression() : Expression();
    }

    List<SyntaxNode> Arguments(string open, string close)
    {
        input.Expect(open);
        return CommaSeparated(close, Argument);
    }

    SyntaxNode Argument()
    {
        SkipArgumentName();
        if (input.TakeIf("out"))
            return IsDeclarationBefore(",") || IsDeclarationBefore(")") ? DeclarationExpression() : Expression();
        if (!input.TakeIf("in"))
            input.TakeIf("ref");
        return Expression();
    }

    void SkipArgumentName()
    {
        if (!input.AtIdentifier || input.Next.Text != ":")
            return;
        input.Take();
        input.Take();
    }

    SyntaxNode Collection()
    {
        var first = input.Position;
        input.Expect("[");
        return NodeOf(SyntaxKind.Collection, first, CommaSeparated("]", CollectionElement));
    }

    // What is spread may be any expression; elsewhere ".." is an operator, and takes an operand.
    SyntaxNode CollectionElement()
    {
        var first = input.Position;
        return input.TakeIf("..") ? Node(SyntaxKind.Unary, first, Expression()) : Expression();
    }

    SyntaxNode Creation()
    {
        var first = input.Position;
        input.Expect("new");
        var parts = new List<SyntaxNode>();
        if (!(input.Current.Text is "(" && !IsTupleArray() || input.Current.Text is "[" or "{"))
            parts.Add(ElementType());
        if (input.At("("))
            parts.AddRange(Arguments("(", ")"));
        else
            parts.AddRange(ArraySizes());
        if (input.At("{"))
            parts.Add(Initializer());
        return NodeOf(SyntaxKind.Creation, first, parts);
    }

    // "new (int, int)[3]": the parentheses are those of the element type.
    bool IsTupleArray() => ScanTuple(input.Position) is var end and >= 0 && input[end].Text is "[" or "?";

    SyntaxNode StackAllocation()
    {
        var first = input.Position;
        input.Expect("stackalloc");
        var parts = new List<SyntaxNode>();
        if (!input.At("["))
            parts.Add(ElementType());
        parts.AddRange(ArraySizes());
        if (input.At("{"))
            parts.Add(Initializer());
        return NodeOf(SyntaxKind.Creation, first, parts);
    }

    List<SyntaxNode> ArraySizes()
    {
        var sizes = new List<SyntaxNode>();
        if (input.At("[") && !IsRankSpecifier(input.Position))
            sizes.AddRange(Arguments("[", "]"));
        while (IsRankSpecifier(input.Position))
            input.SkipTo(ScanSuffixes(input.PartnerOf(input.Position) + 1, TypePlace.Expression));
        return sizes;
    }

    SyntaxNode Initializer()
    {
        var first = input.Position;
        input.Expect("{");
        return NodeOf(SyntaxKind.Initializer, first, CommaSeparated("}", VariableValue));
    }

    SyntaxNode InterpolatedString()
    {
        var first = input.Position;
        var parts = new List<SyntaxNode>();
        input.Expect(TokenKind.InterpolationStart, "an interpolated string");
        while (!input.At(TokenKind.InterpolationEnd))
        {
            if (input.At(TokenKind.InterpolationText))
                input.Take();
            else
                parts.AddRange(Hole());
        }
        input.Expect(TokenKind.InterpolationEnd, "the end of the interpolated string");
        return NodeOf(SyntaxKind.InterpolatedString, first, parts);
    }

    List<SyntaxNode> Hole()
    {
        input.Expect(TokenKind.HoleStart, "a hole of the interpolated string");
        var parts = new List<SyntaxNode> { Expression() };
        if (input.TakeIf(","))
            parts.Add(Expression());
        if (input.At(TokenKind.HoleFormat))
            input.Take();
        input.Expect(TokenKind.HoleEnd, "'}'");
        return parts;
    }
}
