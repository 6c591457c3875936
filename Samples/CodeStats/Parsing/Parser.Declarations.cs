namespace CodeStats.Parsing;

// Compilation units, namespaces and types.
sealed partial class Parser
{
    SyntaxNode CompilationUnit()
    {
        var members = new List<SyntaxNode>();
        while (!input.AtEnd)
            Item(CompilationUnitMember, members);
        return NodeOf(SyntaxKind.CompilationUnit, 0, members);
    }

    SyntaxNode CompilationUnitMember()
    {
        if (IsUsingDirective())
            return UsingDirective();
        return IsGlobalAttribute() || IsMemberOnly(input.Current.Text)
            || IsDeclarationStart(SkipAttributesAndModifiers(input.Position))
            ? MemberOrGlobalAttribute()
            : Statement();
    }

    SyntaxNode NamespaceMember() => IsUsingDirective() ? UsingDirective() : MemberOrGlobalAttribute();

    SyntaxNode MemberOrGlobalAttribute()
    {
        if (IsGlobalAttribute())
            return AttributeSection();
        return input.At("namespace") ? Namespace() : Member();
    }

    bool IsGlobalAttribute() =>
        input.At("[") && input.Next.Text is "assembly" or "module" && input[input.Position + 2].Text == ":";

    bool IsUsingDirective()
    {
        var position = input.At("global") && input.Next.Text == "using" ? input.Position + 1 : input.Position;
        if (input.At("extern") && input.Next.Text == "alias")
            return true;
        if (input[position].Text != "using" || input[position + 1].Text == "(")
            return false;
        // A using declaration has a type and a name: "using var x = ...".
        var afterType = ScanType(position + 1);
        return afterType < 0 || !input[afterType].IsIdentifier || input[position + 1].Text is "unsafe" or "static";
    }

    SyntaxNode UsingDirective()
    {
        var first = input.Position;
        input.TakeIf("global");
        if (input.TakeIf("extern"))
            input.ExpectIdentifier();
        else
            input.Expect("using");
        while (input.At("static") || input.At("unsafe"))
            input.Take();
        if (input.AtIdentifier && input.Next.Text == "=")
        {
            input.Take();
            input.Take();
        }
        var type = Type();
        input.Expect(";");
        return Node(SyntaxKind.Using, first, type);
    }

    SyntaxNode Namespace()
    {
        var first = input.Position;
        input.Expect("namespace");
        var nameStart = input.Position;
        Type();
        var name = TextBetween(nameStart, input.Position);
        var members = input.TakeIf(";") ? RestOfFile() : Members(NamespaceMember);
        input.TakeIf(";");
        return NodeOf(SyntaxKind.Namespace, first, members, name);
    }

    List<SyntaxNode> RestOfFile()
    {
        var members = new List<SyntaxNode>();
        while (!input.AtEnd)
            Item(NamespaceMember, members);
        return members;
    }

    List<SyntaxNode> Members(Func<SyntaxNode> parse)
    {
        var members = new List<SyntaxNode>();
        input.Expect("{");
        while (!input.At("}") && !input.AtEnd)
            Item(parse, members);
        input.Expect("}");
        return members;
    }

    /// <summary>Whether a type or namespace is declared at <paramref name="position"/>, after its modifiers.</summary>
    bool IsDeclarationStart(int position) => input[position].Text switch
    {
        "namespace" or "class" or "struct" or "interface" or "enum" => true,
        "delegate" => input[position + 1].Text is not ("(" or "{" or "*") && ScanType(position + 1) >= 0,
        "record" => IsRecord(position),
        _ => false,
    };

    bool IsRecord(int position) =>
        input[position + 1].Text is "class" or "struct"
        || input[position + 1].IsIdentifier && input[position + 2].Text is "(" or "{" or ";" or "<" or ":";

    SyntaxNode TypeDeclaration(int first, List<SyntaxNode> children)
    {
        var kind = TypeKind(input.Take().Text);
        if (kind == SyntaxKind.Record && input.Current.Text is "class" or "struct")
            input.Take();
        var name = input.AtIdentifier ? input.Take().Text : "";
        TypeParameters();
        if (input.At("("))
            children.AddRange(Parameters("(", ")"));
        if (input.TakeIf(":"))
            children.AddRange(BaseTypes());
        children.AddRange(Constraints());
        if (!input.TakeIf(";"))
            children.AddRange(TypeBody(kind));
        return NodeOf(kind, first, children, name);
    }

    List<SyntaxNode> TypeBody(SyntaxKind kind)
    {
        List<SyntaxNode> members;
        if (kind == SyntaxKind.Enum)
        {
            input.Expect("{");
            members = CommaSeparated("}", EnumMember);
        }
        else
        {
            members = Members(Member);
        }
        input.TakeIf(";");
        return members;
    }

    SyntaxNode EnumMember()
    {
        var first = input.Position;
        var children = Attributes();
        var name = input.ExpectIdentifier();
        if (input.TakeIf("="))
            children.Add(Expression());
        return NodeOf(SyntaxKind.EnumMember, first, children, name);
    }

    List<SyntaxNode> BaseTypes()
    {
        var types = new List<SyntaxNode>();
        do
        {
            types.Add(Type());
            if (input.At("("))
                types.AddRange(Arguments("(", ")"));
        }
        while (input.TakeIf(","));
        return types;
    }

    SyntaxNode DelegateDeclaration(int first, List<SyntaxNode> children)
    {
        input.Expect("delegate");
        children.Add(Type());
        var name = input.ExpectIdentifier();
        TypeParameters();
        children.AddRange(Parameters("(", ")"));
        children.AddRange(Constraints());
        input.Expect(";");
        return NodeOf(SyntaxKind.Delegate, first, children, name);
    }

    static SyntaxKind TypeKind(string keyword) => keyword switch
    {
        "class" => SyntaxKind.Class,
        "struct" => SyntaxKind.Struct,
        "interface" => SyntaxKind.Interface,
        "enum" => SyntaxKind.Enum,
        "record" => SyntaxKind.Record,
        _ => SyntaxKind.Extension,
    };

    string TextBetween(int start, int end) =>
        string.Concat(Enumerable.Range(start, end - start).Select(index => input[index].Text));
}
