using CodeStats.Lexing;

namespace CodeStats.Parsing;

// Statements.
sealed partial class Parser
{
    SyntaxNode Block()
    {
        var first = input.Position;
        return NodeOf(SyntaxKind.Block, first, Members(Statement));
    }

    SyntaxNode Statement()
    {
        GuardStack();
        return input.Current.Kind == TokenKind.Keyword ? KeywordStatement() : PlainStatement();
    }

    SyntaxNode KeywordStatement() => input.Current.Text switch
    {
        "if" => If(SyntaxKind.If),
        "while" => Headed(SyntaxKind.While),
        "lock" => Headed(SyntaxKind.Lock),
        "do" => Do(),
        "for" => For(),
        "foreach" => ForEach(),
        "switch" => Switch(),
        "try" => Try(),
        "return" => Simple(SyntaxKind.Return),
        "throw" => Simple(SyntaxKind.Throw),
        "break" or "continue" => Simple(SyntaxKind.Jump),
        "goto" => Goto(),
        "using" => Using(),
        "fixed" => Fixed(),
        "checked" or "unchecked" when input.Next.Text == "{" => Prefixed(SyntaxKind.Checked),
        "unsafe" when input.Next.Text == "{" => Prefixed(SyntaxKind.Unsafe),
        "const" => Prefixed(SyntaxKind.LocalDeclaration),
        _ => DeclarationOrExpression(),
    };

    SyntaxNode PlainStatement()
    {
        switch (input.Current.Text)
        {
            case "{":
                return Block();
            case ";":
                return Simple(SyntaxKind.Empty);
            case "await" when input.Next.Text is "foreach" or "using":
                input.Take();
                return Statement();
            case "yield" when input.Next.Text is "return" or "break":
                input.Take();
                return Simple(SyntaxKind.Yield);
        }
        return input.AtIdentifier && input.Next.Text == ":" ? Label() : DeclarationOrExpression();
    }

    /// <summary>A keyword with an expression or without one, up to the semicolon.</summary>
    SyntaxNode Simple(SyntaxKind kind)
    {
        var first = input.Position;
        if (!input.At(";"))
            input.Take();
        var value = input.At(";") ? null : Expression();
        input.Expect(";");
        return Node(kind, first, value);
    }

    /// <summary>A keyword in front of a statement.</summary>
    SyntaxNode Prefixed(SyntaxKind kind)
    {
        var first = input.Position;
        input.Take();
        return Node(kind, first, Statement());
    }

    /// <summary>A keyword, an expression in parentheses and a statement.</summary>
    SyntaxNode Headed(SyntaxKind kind)
    {
        var first = input.Position;
        input.Take();
        var head = ParenthesizedCondition();
        return Node(kind, first, head, Statement());
    }

    SyntaxNode ParenthesizedCondition()
    {
        input.Expect("(");
        var condition = Expression();
        input.Expect(")");
        return condition;
    }

    SyntaxNode If(SyntaxKind kind)
    {
        GuardStack();
        var first = input.Position;
        input.Expect("if");
        var condition = ParenthesizedCondition();
        var then = Statement();
        return Node(kind, first, condition, then, input.TakeIf("else") ? Else() : null);
    }

    SyntaxNode Else() => input.At("if") ? If(SyntaxKind.ElseIf) : Statement();

    SyntaxNode Do()
    {
        var first = input.Position;
        input.Expect("do");
        var body = Statement();
        input.Expect("while");
        var condition = ParenthesizedCondition();
        input.Expect(";");
        return Node(SyntaxKind.Do, first, body, condition);
    }

    SyntaxNode For()
    {
        var first = input.Position;
        input.Expect("for");
        input.Expect("(");
        var parts = new List<SyntaxNode>();
        if (IsLocalDeclaration())
            parts.Add(Variables());
        else
            parts.AddRange(ExpressionsUpTo(";"));
        input.Expect(";");
        parts.AddRange(ExpressionsUpTo(";"));
        input.Expect(";");
        parts.AddRange(ExpressionsUpTo(")"));
        input.Expect(")");
        parts.Add(Statement());
        return NodeOf(SyntaxKind.For, first, parts);
    }

    List<SyntaxNode> ExpressionsUpTo(string end)
    {
        var expressions = new List<SyntaxNode>();
        if (input.At(end))
            return expressions;
        do
            expressions.Add(Expression());
        while (input.TakeIf(","));
        return expressions;
    }

    SyntaxNode ForEach()
    {
        var first = input.Position;
        input.Expect("foreach");
        input.Expect("(");
        var variable = IsDeclarationBefore("in") ? DeclarationExpression() : Expression();
        input.Expect("in");
        var source = Expression();
        input.Expect(")");
        return Node(SyntaxKind.ForEach, first, variable, source, Statement());
    }

    SyntaxNode Switch()
    {
        var first = input.Position;
        input.Expect("switch");
        var children = new List<SyntaxNode> { ParenthesizedOrTuple() };
        input.Expect("{");
        while (!input.At("}") && !input.AtEnd)
            Item(SwitchSection, children);
        input.Expect("}");
        return NodeOf(SyntaxKind.Switch, first, children);
    }

    SyntaxNode SwitchSection()
    {
        var first = input.Position;
        var children = new List<SyntaxNode>();
        do
            children.AddRange(SwitchLabel());
        while (AtSwitchLabel());
        while (!AtSwitchLabel() && !input.At("}") && !input.AtEnd)
            Item(Statement, children);
        return NodeOf(SyntaxKind.SwitchSection, first, children);
    }

    bool AtSwitchLabel() => input.At("case") || input.At("default") && input.Next.Text == ":";

    List<SyntaxNode> SwitchLabel()
    {
        var parts = new List<SyntaxNode>();
        if (!input.TakeIf("default"))
        {
            input.Expect("case");
            // A constant may go on where a pattern ends: "case Read | Write:".
            var first = input.Position;
            parts.Add(ContinueBinary(Precedence.Lowest, first, Pattern()));
            if (input.At("when"))
                parts.Add(Guard());
        }
        input.Expect(":");
        return parts;
    }

    SyntaxNode Try()
    {
        var first = input.Position;
        input.Expect("try");
        var children = new List<SyntaxNode> { Block() };
        while (input.At("catch"))
            children.Add(Catch());
        if (input.TakeIf("finally"))
            children.Add(Block());
        else if (children.Count == 1)
            throw input.Unexpected("'catch' or 'finally'");
        return NodeOf(SyntaxKind.Try, first, children);
    }

    SyntaxNode Catch()
    {
        var first = input.Position;
        input.Expect("catch");
        if (input.TakeIf("("))
        {
            Type();
            if (input.AtIdentifier)
                input.Take();
            input.Expect(")");
        }
        var filter = input.TakeIf("when") ? ParenthesizedCondition() : null;
        return Node(SyntaxKind.Catch, first, filter, Block());
    }

    SyntaxNode Goto()
    {
        var first = input.Position;
        input.Expect("goto");
        input.TakeIf("case");
        var target = input.TakeIf("default") ? null : Expression();
        input.Expect(";");
        return Node(SyntaxKind.Jump, first, target);
    }

    SyntaxNode Using()
    {
        var first = input.Position;
        input.Expect("using");
        if (!input.At("("))
            return Node(SyntaxKind.LocalDeclaration, first, VariablesStatement());
        input.Expect("(");
        var resource = IsLocalDeclaration() ? Variables() : Expression();
        input.Expect(")");
        return Node(SyntaxKind.UsingBlock, first, resource, Statement());
    }

    SyntaxNode Fixed()
    {
        var first = input.Position;
        input.Expect("fixed");
        input.Expect("(");
        var pointers = Variables();
        input.Expect(")");
        return Node(SyntaxKind.Fixed, first, pointers, Statement());
    }

    SyntaxNode Label()
    {
        var first = input.Position;
        input.ExpectIdentifier();
        input.Expect(":");
        return Node(SyntaxKind.Label, first, input.At("}") ? null : Statement());
    }
}
