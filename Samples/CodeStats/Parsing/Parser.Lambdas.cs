using CodeStats.Lexing;

namespace CodeStats.Parsing;

// Lambdas and anonymous methods.
sealed partial class Parser
{
    bool IsLambda()
    {
        var position = SkipAttributes(input.Position);
        while (IsLambdaModifier(position))
            position++;
        var token = input[position];
        if (token.IsIdentifier && input[position + 1].Text == "=>")
            return true;
        var parameters = token.Text == "(" ? position : AfterReturnType(position);
        return parameters != NoType && IsParameterListBeforeArrow(parameters);
    }

    bool IsLambdaModifier(int position) =>
        input[position].Text is "async" or "static"
        && (input[position + 1].Text is "(" or "async" or "static" || input[position + 1].IsIdentifier);

    bool IsParameterListBeforeArrow(int position) =>
        input[position].Text == "(" && input.PartnerOf(position) is var close and >= 0 && input[close + 1].Text == "=>";

    // A call looks like a return type with parameters, too, but no arrow follows it.
    int AfterReturnType(int position)
    {
        var isTyped = input[position].IsIdentifier || Words.PredefinedTypes.Contains(input[position].Text);
        if (!isTyped || input[position + 1].Text is not ("(" or "<" or "?" or "["))
            return NoType;
        return input[position + 1].Text == "(" ? position + 1 : ScanType(position);
    }

    SyntaxNode Lambda()
    {
        var first = input.Position;
        var children = Attributes();
        while (IsLambdaModifier(input.Position))
            input.Take();
        if (input.Next.Text == "=>")
        {
            input.ExpectIdentifier();
        }
        else
        {
            if (!input.At("("))
                children.Add(Type());
            children.AddRange(LambdaParameters());
        }
        input.Expect("=>");
        children.Add(input.At("{") ? Block() : Expression());
        return NodeOf(SyntaxKind.Lambda, first, children);
    }

    List<SyntaxNode> LambdaParameters()
    {
        input.Expect("(");
        return CommaSeparated(")", LambdaParameter);
    }

    SyntaxNode LambdaParameter()
    {
        if (!input.AtIdentifier || input.Next.Text is not ("," or ")" or "="))
            return Parameter();
        var first = input.Position;
        input.Take();
        return Node(SyntaxKind.Parameter, first, input.TakeIf("=") ? Expression() : null);
    }

    bool IsAnonymousMethod()
    {
        var position = input.Position;
        while (input[position].Text is "async" or "static")
            position++;
        return input[position].Text == "delegate";
    }

    SyntaxNode AnonymousMethod()
    {
        var first = input.Position;
        while (input.Current.Text is "async" or "static")
            input.Take();
        input.Expect("delegate");
        var parameters = input.At("(") ? Parameters("(", ")") : [];
        return NodeOf(SyntaxKind.Lambda, first, [.. parameters, Block()]);
    }
}
