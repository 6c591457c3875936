using CodeStats.Lexing;
using CodeStats.Parsing;

namespace CodeStats.Metrics;

/// <summary>Finds the types and methods of a file and measures the methods.</summary>
sealed class MethodCollector(string path, SyntaxTree tree, LineMap lines)
{
    readonly IReadOnlyList<Token> tokens = tree.Source.Tokens;

    public List<MethodMetrics> Methods { get; } = [];

    public Counter<SyntaxKind> Types { get; } = new();

    /// <summary>Collects all of the file.</summary>
    public void Collect()
    {
        VisitAll(tree.Root.Children, "");
        var statements = tree.Root.Children.Where(node => node.Kind.IsStatement()).ToArray();
        if (statements.Length > 0)
            Measure(TopLevelMethod(statements), "(top-level statements)");
    }

    static SyntaxNode TopLevelMethod(SyntaxNode[] statements) =>
        new(SyntaxKind.Method, statements[0].First..statements[^1].End, statements);

    void VisitAll(IEnumerable<SyntaxNode> nodes, string owner)
    {
        foreach (var node in nodes)
            Visit(node, owner);
    }

    void Visit(SyntaxNode node, string owner)
    {
        if (node.Kind == SyntaxKind.Namespace)
        {
            VisitAll(node.Children, owner);
        }
        else if (node.Kind.IsType())
        {
            Types.Add(node.Kind);
            VisitAll(node.Children, Qualified(owner, node.Name));
        }
        else if (node.Kind == SyntaxKind.Property)
        {
            VisitAll(node.Children, Qualified(owner, node.Name));
        }
        else if (node.Kind.IsMethod() && HasBody(node))
        {
            Measure(node, Qualified(owner, node.Name));
        }
    }

    void Measure(SyntaxNode method, string name)
    {
        var (decisions, nesting, expressions) = (0, 0, 0);
        foreach (var (node, level) in method.Descendants())
        {
            decisions += node.Kind.IsDecision() ? 1 : 0;
            expressions += node.Kind.IsExpression() ? 1 : 0;
            nesting = Math.Max(nesting, node.Kind.IsNesting() ? level + 1 : level);
        }
        var firstLine = lines.NumberOf(tokens[method.First].Start);
        var lastLine = lines.NumberOf(tokens[method.End - 1].End - 1);
        Methods.Add(new(
            name,
            new(path, firstLine),
            lastLine - firstLine + 1,
            method.End - method.First,
            decisions + 1,
            nesting,
            expressions,
            ShingleSet.Of(tokens, method.Tokens)));
    }

    static bool HasBody(SyntaxNode method) =>
        method.Children is [.., var last]
        && (last.Kind is SyntaxKind.Block or SyntaxKind.Throw || last.Kind.IsExpression());

    static string Qualified(string owner, string name) => owner.Length == 0 ? name : $"{owner}.{name}";
}
