using CodeStats.Lexing;

namespace CodeStats.Parsing;

// Expressions, by precedence climbing.
sealed partial class Parser
{
    int queryDepth;

    SyntaxNode Expression()
    {
        GuardStack();
        if (IsLambda())
            return Lambda();
        if (IsQuery())
            return Query();
        var first = input.Position;
        var left = Binary(Precedence.Lowest);
        var (text, length) = CurrentOperator();
        if (!Words.AssignmentOperators.Contains(text))
            return left;
        input.SkipTo(input.Position + length);
        return Node(SyntaxKind.Assignment, first, left, VariableValue());
    }

    /// <summary>Parses operands and the operators between them that bind at least as tightly as asked for.</summary>
    SyntaxNode Binary(int minimum)
    {
        var first = input.Position;
        return ContinueBinary(minimum, first, Unary());
    }

    SyntaxNode ContinueBinary(int minimum, int first, SyntaxNode left)
    {
        while (true)
        {
            var (text, length) = CurrentOperator();
            var precedence = Precedence.Of(text);
            if (precedence == 0 || precedence < minimum || !IsInfix(text))
                return left;
            input.SkipTo(input.Position + length);
            left = RestOfBinary(text, precedence, first, left);
        }
    }

    SyntaxNode RestOfBinary(string text, int precedence, int first, SyntaxNode left) => text switch
    {
        "?" => RestOfConditional(first, left),
        "is" => Node(SyntaxKind.TypeTest, first, left, Pattern(Precedence.Shift)),
        "as" => Node(SyntaxKind.TypeTest, first, left, Type(TypePlace.Expression)),
        "switch" => RestOfSwitch(first, left),
        "with" => Node(SyntaxKind.Creation, first, left, Initializer()),
        ".." => Node(SyntaxKind.Binary, first, left, AtOperandEnd() ? null : Unary()),
        "??" => Node(SyntaxKind.Coalescing, first, left, IsLambda() ? Lambda() : Binary(precedence)),
        _ => Node(BinaryKind(text), first, left, Binary(precedence + 1)),
    };

    static SyntaxKind BinaryKind(string text) => text switch
    {
        "&&" => SyntaxKind.LogicalAnd,
        "||" => SyntaxKind.LogicalOr,
        _ => SyntaxKind.Binary,
    };

    /// <summary>The operator here and the number of its tokens: those that begin with &gt;&gt; are several.</summary>
    (string Text, int Length) CurrentOperator()
    {
        var position = input.Position;
        if (!input.At(">") || !input.IsGlued(position))
            return (input.Current.Text, 1);
        const int Shift = 2;
        const int UnsignedShift = 3;
        return (input[position + 1].Text, input.IsGlued(position + 1) ? input[position + Shift].Text : "") switch
        {
            (">", ">") => (">>>", UnsignedShift),
            (">", ">=") => (">>>=", UnsignedShift),
            (">", _) => (">>", Shift),
            (">=", _) => (">>=", Shift),
            _ => (">", 1),
        };
    }

    bool IsInfix(string text) => text is not ("switch" or "with") || input.Next.Text == "{";

    SyntaxNode RestOfConditional(int first, SyntaxNode condition)
    {
        var whenTrue = Expression();
        input.Expect(":");
        return Node(SyntaxKind.Conditional, first, condition, whenTrue, Expression());
    }

    SyntaxNode RestOfSwitch(int first, SyntaxNode subject)
    {
        input.Expect("{");
        return NodeOf(SyntaxKind.SwitchExpression, first, [subject, .. CommaSeparated("}", SwitchArm)]);
    }

    SyntaxNode SwitchArm()
    {
        var first = input.Position;
        var pattern = Pattern();
        var guard = input.At("when") ? Guard() : null;
        input.Expect("=>");
        return Node(SyntaxKind.SwitchArm, first, pattern, guard, Expression());
    }

    // The arrow after a guard is that of the switch arm, so "when (x) => y" is no lambda: not Expression().
    SyntaxNode Guard()
    {
        var first = input.Position;
        input.Expect("when");
        return Node(SyntaxKind.Guard, first, Binary(Precedence.Lowest));
    }

    SyntaxNode Unary()
    {
        GuardStack();
        var first = input.Position;
        if (Words.PrefixOperators.Contains(input.Current.Text) || IsAwait() || input.At("ref"))
        {
            input.Take();
            return Node(SyntaxKind.Unary, first, Unary());
        }
        if (input.TakeIf(".."))
            return Node(SyntaxKind.Unary, first, AtOperandEnd() ? null : Unary());
        if (input.TakeIf("throw"))
            return Node(SyntaxKind.Throw, first, Expression());
        return input.At("(") && IsCast() ? Cast() : Postfix();
    }

    SyntaxNode Cast()
    {
        var first = input.Position;
        input.Expect("(");
        var type = Type(TypePlace.Expression);
        input.Expect(")");
        return Node(SyntaxKind.Cast, first, type, Unary());
    }

    bool IsCast()
    {
        var end = ScanType(input.Position + 1, TypePlace.Expression);
        if (end == NoType || input[end].Text != ")")
            return false;
        var last = input[end - 1].Text;
        return Words.PredefinedTypes.Contains(last) || last is "?" or "*" or "]" or ">" || IsCastOperand(end + 1);
    }

    bool IsCastOperand(int position)
    {
        var token = input[position];
        return token.Kind switch
        {
            TokenKind.Identifier => IsDesignator(position) && (token.Text, input[position + 1].Text) != ("with", "{"),
            TokenKind.Keyword => !Words.NeverCastOperands.Contains(token.Text),
            TokenKind.Operator => token.Text is "(" or "~" or "!",
            _ => token.IsLiteral || token.Kind == TokenKind.InterpolationStart,
        };
    }

    // "await" is a name where awaiting makes no sense, which what follows shows.
    bool IsAwait() => input.At("await") && (input.Next.Kind
        is TokenKind.Identifier or TokenKind.Keyword or TokenKind.InterpolationStart
        || input.Next.IsLiteral || input.Next.Text == "(");

    bool AtOperandEnd() =>
        input.Current.Text is "]" or ")" or "}" or "," or ";" or ":" or "=>"
        || input.Current.Kind is TokenKind.HoleEnd or TokenKind.HoleFormat or TokenKind.EndOfFile;

    SyntaxNode Postfix()
    {
        var first = input.Position;
        var operand = Primary();
        while (TryPostfix(first, operand) is { } longer)
            operand = longer;
        return operand;
    }

    SyntaxNode? TryPostfix(int first, SyntaxNode operand)
    {
        switch (input.Current.Text)
        {
            case "." or "->":
                return MemberAccess(SyntaxKind.Member, first, operand);
            case "?.":
                return MemberAccess(SyntaxKind.ConditionalAccess, first, operand);
            case "(":
                return NodeOf(SyntaxKind.Invocation, first, [operand, .. Arguments("(", ")")]);
            case "[":
                return NodeOf(SyntaxKind.Indexing, first, [operand, .. Arguments("[", "]")]);
            case "?" when IsConditionalIndexing():
                input.Take();
                return NodeOf(SyntaxKind.ConditionalAccess, first, [operand, .. Arguments("[", "]")]);
            case "++" or "--" or "!":
                input.Take();
                return Node(SyntaxKind.Unary, first, operand);
            default:
                return null;
        }
    }

    SyntaxNode MemberAccess(SyntaxKind kind, int first, SyntaxNode operand)
    {
        input.Take();
        input.ExpectIdentifier();
        SkipTypeArguments();
        return Node(kind, first, operand);
    }

    // "a?[0]" and "a ? [0] : []" are the same tokens up to the colon; people write only the latter with blanks.
    bool IsConditionalIndexing() =>
        input.Next.Text == "[" && input.IsGlued(input.Position) && input.IsGlued(input.Position - 1);
}
