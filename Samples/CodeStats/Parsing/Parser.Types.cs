namespace CodeStats.Parsing;

// Types: parsing them where one must stand, and finding out whether one stands here.
sealed partial class Parser
{
    const int NoType = -1;

    /// <summary>Where a type is looked for: in an expression, a <c>?</c> after it may begin a conditional.</summary>
    enum TypePlace
    {
        Declaration,
        Expression,
    }

    SyntaxNode Type(TypePlace place = TypePlace.Declaration)
    {
        var first = input.Position;
        var end = ScanType(first, place);
        if (end == NoType)
            throw input.Unexpected("a type");
        input.SkipTo(end);
        return Node(SyntaxKind.Type, first);
    }

    /// <summary>A type without the brackets of an array, whose sizes follow.</summary>
    SyntaxNode ElementType()
    {
        var first = input.Position;
        var end = ScanNonArrayType(first, TypePlace.Declaration);
        if (end == NoType)
            throw input.Unexpected("a type");
        input.SkipTo(end);
        return Node(SyntaxKind.Type, first);
    }

    /// <summary>The index after the type that begins at <paramref name="position"/>, or -1 if none does.</summary>
    int ScanType(int position, TypePlace place = TypePlace.Declaration)
    {
        GuardStack();
        while (IsRefPrefix(position))
            position++;
        var end = ScanNonArrayType(position, place);
        while (end != NoType && IsRankSpecifier(end))
            end = ScanSuffixes(input.PartnerOf(end) + 1, place);
        return end;
    }

    bool IsRefPrefix(int position) => input[position].Text switch
    {
        "ref" or "readonly" => true,
        "scoped" => input[position + 1].Text == "ref" || input[position + 1].IsIdentifier
            && (input[position + 2].IsIdentifier || input[position + 2].Text is "." or "::" or "<"),
        _ => false,
    };

    int ScanNonArrayType(int position, TypePlace place)
    {
        var token = input[position];
        var end = NoType;
        if (token.IsIdentifier)
            end = ScanName(position);
        else if (Words.PredefinedTypes.Contains(token.Text))
            end = position + 1;
        else if (token.Text == "(")
            end = ScanTuple(position);
        else if (token.Text == "delegate" && input[position + 1].Text == "*")
            end = ScanFunctionPointer(position);
        return end == NoType ? NoType : ScanSuffixes(end, place);
    }

    int ScanName(int position)
    {
        while (input[position].IsIdentifier)
        {
            position++;
            if (input[position].Text == "<")
                position = ScanTypeArguments(position);
            if (position == NoType || input[position].Text is not ("." or "::"))
                return position;
            position++;
        }
        return NoType;
    }

    /// <summary>The index after <c>&lt;A, B&gt;</c> (or the <c>&lt;,&gt;</c> of an open type), or -1.</summary>
    int ScanTypeArguments(int position)
    {
        position++;
        while (input[position].Text is not ">")
        {
            while (input[position].Text is "in" or "out")
                position++;
            if (input[position].Text == "[" && input.PartnerOf(position) is var close and >= 0)
                position = close + 1;
            if (input[position].Text != ",")
                position = ScanType(position);
            if (position == NoType || input[position].Text is not ("," or ">"))
                return NoType;
            if (input[position].Text == ",")
                position++;
        }
        return position + 1;
    }

    int ScanTuple(int position)
    {
        var elements = 0;
        do
        {
            position = ScanType(position + 1);
            if (position == NoType)
                return NoType;
            if (input[position].IsIdentifier)
                position++;
            elements++;
        }
        while (input[position].Text == ",");
        return input[position].Text == ")" && elements > 1 ? position + 1 : NoType;
    }

    int ScanFunctionPointer(int position)
    {
        const int Prefix = 2;
        position += Prefix;
        if (input[position].Text is "managed" or "unmanaged")
            position++;
        if (input[position].Text == "[" && input.PartnerOf(position) is var close and >= 0)
            position = close + 1;
        return input[position].Text == "<" ? ScanFunctionPointerArguments(position) : NoType;
    }

    int ScanFunctionPointerArguments(int position)
    {
        do
        {
            position++;
            while (input[position].Text is "ref" or "in" or "out" or "readonly")
                position++;
            position = ScanType(position);
        }
        while (position != NoType && input[position].Text == ",");
        return position != NoType && input[position].Text == ">" ? position + 1 : NoType;
    }

    int ScanSuffixes(int position, TypePlace place)
    {
        while (input[position].Text == "?" && IsNullable(position, place)
            || input[position].Text == "*" && IsPointer(position, place))
            position++;
        return position;
    }

    bool IsNullable(int position, TypePlace place) =>
        place == TypePlace.Declaration
        || Words.AfterNullable.Contains(input[position + 1].Text)
        || IsRankSpecifier(position + 1) && EndsType(input.PartnerOf(position + 1) + 1);

    // "(Item?[])x" is a cast, "(isEmpty ? [] : x)" has an empty collection.
    bool EndsType(int position) =>
        input[position].Text is ")" or "]" or ">" or "," or "[" or "??" or "and" or "or" || IsDesignator(position);

    bool IsPointer(int position, TypePlace place) =>
        place == TypePlace.Declaration || input[position + 1].Text is ")" or "*" or "[" or ">" or ",";

    bool IsRankSpecifier(int position)
    {
        if (input[position].Text != "[")
            return false;
        do
            position++;
        while (input[position].Text == ",");
        return input[position].Text == "]";
    }

    void TypeParameters()
    {
        if (!input.At("<"))
            return;
        var end = ScanTypeArguments(input.Position);
        if (end == NoType)
            throw input.Unexpected("type parameters");
        input.SkipTo(end);
    }

    List<SyntaxNode> Constraints()
    {
        var clauses = new List<SyntaxNode>();
        while (input.At("where"))
            clauses.Add(ConstraintClause());
        return clauses;
    }

    SyntaxNode ConstraintClause()
    {
        var first = input.Position;
        input.Expect("where");
        input.ExpectIdentifier();
        input.Expect(":");
        do
            Constraint();
        while (input.TakeIf(","));
        return Node(SyntaxKind.Constraint, first);
    }

    void Constraint()
    {
        switch (input.Current.Text)
        {
            case "class" or "struct" or "default":
                input.Take();
                input.TakeIf("?");
                break;
            case "new":
                input.Take();
                input.Expect("(");
                input.Expect(")");
                break;
            case "allows":
                input.Take();
                input.Expect("ref");
                input.Expect("struct");
                break;
            default:
                Type();
                break;
        }
    }
}
