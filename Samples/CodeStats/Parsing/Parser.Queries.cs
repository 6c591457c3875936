namespace CodeStats.Parsing;

// Query expressions.
sealed partial class Parser
{
    bool IsQuery()
    {
        if (!input.At("from"))
            return false;
        var variable = input.Position + 1;
        if (input[variable].IsIdentifier && input[variable + 1].Text == "in")
            return true;
        return NameAfterType(variable) is var name and >= 0 && input[name + 1].Text == "in";
    }

    SyntaxNode Query()
    {
        var first = input.Position;
        var clauses = new List<SyntaxNode>();
        queryDepth++;
        try
        {
            while (TryClause(clauses))
            {
            }
        }
        finally
        {
            queryDepth--;
        }
        return NodeOf(SyntaxKind.Query, first, clauses);
    }

    bool TryClause(List<SyntaxNode> clauses)
    {
        if (!Words.QueryWords.Contains(input.Current.Text))
            return false;
        var word = input.Take().Text;
        switch (word)
        {
            case "from" or "join":
                SkipRangeVariable();
                break;
            case "let":
                input.ExpectIdentifier();
                input.Expect("=");
                break;
            case "into":
                input.ExpectIdentifier();
                return true;
            case "ascending" or "descending":
                if (!input.TakeIf(","))
                    return true;
                break;
        }
        do
            clauses.Add(Expression());
        while (word is "orderby" or "ascending" or "descending" && input.TakeIf(","));
        return true;
    }

    void SkipRangeVariable()
    {
        if (input.Next.Text != "in")
            Type();
        input.ExpectIdentifier();
        input.Expect("in");
    }
}
