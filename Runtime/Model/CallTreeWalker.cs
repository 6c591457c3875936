namespace ProfilerWeaver;

/// <summary>
/// Walks a call tree depth first, in the order of the children, and reports each node twice: when it is entered and
/// when it is left. It does not recurse, so the depth of the tree does not matter.
/// </summary>
/// <param name="root">The node to begin with; it is reported as well, at depth 0.</param>
public sealed class CallTreeWalker(CallNode root)
{
    readonly Stack<(CallNode Node, int NextChild)> open = new();
    CallNode? current;

    /// <summary>The node that was just entered or left.</summary>
    public CallNode Node => current ?? throw new InvalidOperationException("MoveNext was not called yet.");

    /// <summary>Whether <see cref="Node"/> was just entered; otherwise it was just left.</summary>
    public bool IsEntering { get; private set; }

    /// <summary>The number of nodes between <see cref="Node"/> and the root, the root included.</summary>
    public int Depth { get; private set; } = -1;

    /// <summary>Goes on to the next entering or leaving.</summary>
    /// <returns>False after the root was left.</returns>
    public bool MoveNext()
    {
        if (Depth < 0)
            return Enter(root);
        if (!IsEntering && open.Count > 0)
            open.Pop();
        if (open.Count == 0)
            return false;
        var (node, next) = open.Pop();
        open.Push((node, next + 1));
        if (next < node.Children.Count)
            return Enter(node.Children[next]);
        current = node;
        IsEntering = false;
        Depth = open.Count - 1;
        return true;
    }

    bool Enter(CallNode node)
    {
        current = node;
        IsEntering = true;
        Depth = open.Count;
        open.Push((node, 0));
        return true;
    }
}
