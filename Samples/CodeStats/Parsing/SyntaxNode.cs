namespace CodeStats.Parsing;

/// <summary>A node of the syntax tree: what it is, the tokens it covers and the nodes below it.</summary>
sealed class SyntaxNode(SyntaxKind kind, Range tokens, IReadOnlyList<SyntaxNode> children)
{
    public SyntaxKind Kind => kind;

    /// <summary>The indexes of the node's tokens.</summary>
    public Range Tokens => tokens;

    public IReadOnlyList<SyntaxNode> Children => children;

    /// <summary>The declared name; empty for a node that declares nothing.</summary>
    public string Name { get; init; } = "";

    /// <summary>The index of the first token.</summary>
    public int First => tokens.Start.Value;

    /// <summary>The index after the last token.</summary>
    public int End => tokens.End.Value;

    /// <summary>
    /// The nodes below this one in the order of the source, each with its nesting level. A loop and not a recursion: a
    /// sum of ten thousand terms is a tree of that depth.
    /// </summary>
    public IEnumerable<(SyntaxNode Node, int Level)> Descendants()
    {
        var pending = new Stack<(SyntaxNode Node, int Level)>();
        PushChildren(this, 0);
        while (pending.TryPop(out var current))
        {
            yield return current;
            PushChildren(current.Node, current.Node.Kind.IsNesting() ? current.Level + 1 : current.Level);
        }

        void PushChildren(SyntaxNode parent, int level)
        {
            for (var index = parent.Children.Count - 1; index >= 0; index--)
                pending.Push((parent.Children[index], level));
        }
    }
}
