using CodeStats.Lexing;

namespace CodeStats.Parsing;

// Statements that begin with a type or with an expression, which takes a look ahead to tell.
sealed partial class Parser
{
    SyntaxNode DeclarationOrExpression()
    {
        if (IsLocalFunction())
            return LocalFunction();
        if (IsLocalDeclaration())
            return VariablesStatement();
        if (IsDeclarationStart(SkipAttributesAndModifiers(input.Position)))
            throw input.Unexpected("a statement");
        var first = input.Position;
        var expression = Expression();
        input.Expect(";");
        return Node(SyntaxKind.ExpressionStatement, first, expression);
    }

    bool IsLocalFunction()
    {
        var position = SkipAttributes(input.Position);
        while (Words.LocalFunctionModifiers.Contains(input[position].Text))
            position++;
        var name = NameAfterType(position);
        if (name == NoType)
            return false;
        var afterName = input[name + 1].Text == "<" ? ScanTypeArguments(name + 1) : name + 1;
        return afterName != NoType && input[afterName].Text == "(" && input.PartnerOf(afterName) is var close and >= 0
            && input[close + 1].Text is "{" or "=>" or ";" or "where";
    }

    bool IsLocalDeclaration() =>
        NameAfterType(input.Position) is var name and >= 0 && input[name + 1].Text is "=" or ";" or "," or ")" or "[";

    bool IsDeclarationBefore(string end) =>
        NameAfterType(input.Position) is var name and >= 0 && input[name + 1].Text == end;

    /// <summary>The index of the name that follows a type at <paramref name="position"/>, or -1.</summary>
    int NameAfterType(int position)
    {
        if (!CanBeginType(input[position]))
            return NoType;
        var end = ScanType(position);
        return end != NoType && IsDesignator(end) ? end : NoType;
    }

    static bool CanBeginType(Token token) =>
        token.IsIdentifier && token.Text != "await"
        || token.Text is "(" or "ref" or "delegate"
        || Words.PredefinedTypes.Contains(token.Text);

    SyntaxNode LocalFunction()
    {
        var first = input.Position;
        var children = Attributes();
        while (Words.LocalFunctionModifiers.Contains(input.Current.Text))
            input.Take();
        children.Add(Type());
        return Method(SyntaxKind.LocalFunction, first, children, input.ExpectIdentifier());
    }

    SyntaxNode VariablesStatement()
    {
        var first = input.Position;
        var variables = Variables();
        input.Expect(";");
        return Node(SyntaxKind.LocalDeclaration, first, variables);
    }

    SyntaxNode Variables()
    {
        var first = input.Position;
        var children = new List<SyntaxNode> { Type() };
        do
        {
            input.ExpectIdentifier();
            children.AddRange(RestOfVariable());
        }
        while (input.TakeIf(","));
        return NodeOf(SyntaxKind.Declaration, first, children);
    }

    SyntaxNode DeclarationExpression()
    {
        var first = input.Position;
        var type = Type();
        input.ExpectIdentifier();
        return Node(SyntaxKind.Declaration, first, type);
    }
}
