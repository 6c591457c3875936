using CodeStats.Lexing;

namespace CodeStats.Parsing;

// Methods, properties, fields and what else a type holds.
sealed partial class Parser
{
    static bool IsMemberOnly(string text) =>
        text is "public" or "private" or "protected" or "internal" or "override" or "virtual" or "abstract";

    SyntaxNode Member()
    {
        GuardStack();
        var first = input.Position;
        var children = Attributes();
        var afterModifiers = SkipModifiers(input.Position);
        input.SkipTo(afterModifiers);
        if (IsExtensionBlock() || IsDeclarationStart(input.Position) && !input.At("delegate"))
            return TypeDeclaration(first, children);
        if (IsDeclarationStart(input.Position))
            return DelegateDeclaration(first, children);
        if (input.TakeIf("~"))
            return Method(SyntaxKind.Destructor, first, children, "~" + input.ExpectIdentifier());
        if (input.Current.Text is "implicit" or "explicit")
            return Conversion(first, children);
        if (input.AtIdentifier && input.Next.Text == "(")
            return Method(SyntaxKind.Constructor, first, children, input.Take().Text);
        return TypedMember(first, children);
    }

    bool IsExtensionBlock() => input.At("extension") && input.Next.Text is "(" or "<";

    SyntaxNode Conversion(int first, List<SyntaxNode> children)
    {
        var name = input.Take().Text;
        MemberName();
        input.Expect("operator");
        input.TakeIf("checked");
        children.Add(Type());
        return Method(SyntaxKind.Operator, first, children, name);
    }

    SyntaxNode TypedMember(int first, List<SyntaxNode> children)
    {
        children.Add(Type());
        if (input.At("operator"))
            return Operator(first, children);
        var name = MemberName();
        return input.Current.Text switch
        {
            "(" or "<" => Method(SyntaxKind.Method, first, children, name),
            "{" or "=>" => Property(first, children, name),
            "[" when name == "this" => Indexer(first, children),
            "operator" => Operator(first, children),
            _ => Field(first, children, name),
        };
    }

    /// <summary>The name of a member, without the interface that it may be qualified with.</summary>
    string MemberName()
    {
        while (true)
        {
            if (input.At("operator"))
                return "";
            var name = input.TakeIf("this") ? "this" : input.ExpectIdentifier();
            var afterArguments = input.At("<") ? ScanTypeArguments(input.Position) : input.Position;
            if (afterArguments < 0 || input[afterArguments].Text is not ("." or "::"))
                return name;
            input.SkipTo(afterArguments + 1);
        }
    }

    SyntaxNode Operator(int first, List<SyntaxNode> children)
    {
        input.Expect("operator");
        input.TakeIf("checked");
        var start = input.Position;
        do
            input.Take();
        while (!input.At("(") && !input.AtEnd);
        return Method(SyntaxKind.Operator, first, children, "operator " + TextBetween(start, input.Position));
    }

    SyntaxNode Method(SyntaxKind kind, int first, List<SyntaxNode> children, string name)
    {
        TypeParameters();
        children.AddRange(Parameters("(", ")"));
        if (kind == SyntaxKind.Constructor && input.TakeIf(":"))
            children.Add(ConstructorInitializer());
        children.AddRange(Constraints());
        children.AddRange(Body());
        return NodeOf(kind, first, children, name);
    }

    SyntaxNode ConstructorInitializer()
    {
        var first = input.Position;
        if (!input.TakeIf("base"))
            input.Expect("this");
        return NodeOf(SyntaxKind.Invocation, first, Arguments("(", ")"));
    }

    /// <summary>A block, an arrow with an expression, or nothing but a semicolon.</summary>
    List<SyntaxNode> Body()
    {
        if (input.TakeIf(";"))
            return [];
        if (!input.TakeIf("=>"))
            return [Block()];
        var expression = Expression();
        input.Expect(";");
        return [expression];
    }

    SyntaxNode Indexer(int first, List<SyntaxNode> children)
    {
        children.AddRange(Parameters("[", "]"));
        return Property(first, children, "this[]");
    }

    SyntaxNode Property(int first, List<SyntaxNode> children, string name)
    {
        if (input.At("=>"))
        {
            children.Add(ArrowAccessor());
            return NodeOf(SyntaxKind.Property, first, children, name);
        }
        children.AddRange(Members(Accessor));
        if (input.TakeIf("="))
        {
            children.Add(VariableValue());
            input.Expect(";");
        }
        return NodeOf(SyntaxKind.Property, first, children, name);
    }

    SyntaxNode ArrowAccessor()
    {
        var first = input.Position;
        return NodeOf(SyntaxKind.Accessor, first, Body(), "get");
    }

    SyntaxNode Accessor()
    {
        var first = input.Position;
        var children = Attributes();
        input.SkipTo(SkipModifiers(input.Position));
        var name = input.ExpectIdentifier();
        children.AddRange(Body());
        return NodeOf(SyntaxKind.Accessor, first, children, name);
    }

    SyntaxNode Field(int first, List<SyntaxNode> children, string name)
    {
        children.AddRange(RestOfVariable());
        while (input.TakeIf(","))
        {
            input.ExpectIdentifier();
            children.AddRange(RestOfVariable());
        }
        input.Expect(";");
        return NodeOf(SyntaxKind.Field, first, children, name);
    }

    List<SyntaxNode> RestOfVariable()
    {
        var parts = new List<SyntaxNode>();
        if (input.At("["))
            parts.AddRange(Arguments("[", "]"));
        if (input.TakeIf("="))
            parts.Add(VariableValue());
        return parts;
    }

    SyntaxNode VariableValue() => input.At("{") ? Initializer() : Expression();

    List<SyntaxNode> Parameters(string open, string close)
    {
        input.Expect(open);
        return CommaSeparated(close, Parameter);
    }

    SyntaxNode Parameter()
    {
        var first = input.Position;
        var children = Attributes();
        while (IsParameterModifier())
            input.Take();
        if (!input.TakeIf("__arglist"))
            children.Add(Type());
        var name = input.AtIdentifier ? input.Take().Text : "";
        if (input.TakeIf("="))
            children.Add(Expression());
        return NodeOf(SyntaxKind.Parameter, first, children, name);
    }

    bool IsParameterModifier() =>
        Words.ParameterModifiers.Contains(input.Current.Text)
        && (!input.AtIdentifier || input.Next.Kind is TokenKind.Identifier or TokenKind.Keyword);

    List<SyntaxNode> Attributes()
    {
        var sections = new List<SyntaxNode>();
        while (input.At("["))
            sections.Add(AttributeSection());
        return sections;
    }

    SyntaxNode AttributeSection()
    {
        var first = input.Position;
        input.Expect("[");
        if (input.Next.Text == ":")
        {
            input.Take();
            input.Take();
        }
        return NodeOf(SyntaxKind.Attributes, first, CommaSeparated("]", Attribute));
    }

    SyntaxNode Attribute()
    {
        var first = input.Position;
        var type = Type();
        var arguments = input.At("(") ? Arguments("(", ")") : [];
        return NodeOf(SyntaxKind.Creation, first, [type, .. arguments]);
    }

    int SkipAttributesAndModifiers(int position) => SkipModifiers(SkipAttributes(position));

    int SkipAttributes(int position)
    {
        while (input[position].Text == "[" && input.PartnerOf(position) is var close and >= 0)
            position = close + 1;
        return position;
    }

    int SkipModifiers(int position)
    {
        while (IsModifier(position))
            position++;
        return position;
    }

    bool IsModifier(int position)
    {
        var text = input[position].Text;
        if (Words.Modifiers.Contains(text))
            return true;
        return Words.ContextualModifiers.Contains(text)
            && (input[position + 1].Kind is TokenKind.Identifier or TokenKind.Keyword
                || IsTupleBeforeName(position + 1));
    }

    // "async (int, int) Pair()": a tuple type and no constructor that is called async.
    bool IsTupleBeforeName(int position) =>
        input[position].Text == "(" && ScanType(position) is var end and >= 0 && input[end].IsIdentifier;
}
