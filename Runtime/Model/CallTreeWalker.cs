namespace ProfilerWeaver;

/// <summary>
/// Walks a call tree depth first, in the order of the children, and reports each node twice: when it is entered and
/// when it is left. It does not recurse, so the depth of the tree does not matter.
/// </summary>
/// <param name="root">The node to start with; it is reported as well, at depth 0.</param>
public sealed class CallTreeWalker(CallNode root)
{
    // The path to the current node, and which child of each comes next. Plain arrays: the profile of a short program is
    // written by code that runs for the first time, where every generic instantiation has to be compiled.
    CallNode[] path = new CallNode[64];
    int[] nextChild = new int[64];

    /// <summary>The node that was just entered or left.</summary>
    /// <exception cref="InvalidOperationException"><see cref="MoveNext"/> has not been called yet.</exception>
    public CallNode Node =>
        Depth >= 0 ? path[Depth] : throw new InvalidOperationException("Call MoveNext before reading the node.");

    /// <summary>Whether <see cref="Node"/> was just entered; otherwise it was just left.</summary>
    public bool IsEntering { get; private set; }

    /// <summary>The number of nodes between <see cref="Node"/> and the root, the root included.</summary>
    public int Depth { get; private set; } = -1;

    /// <summary>Advances to the next entry or exit.</summary>
    /// <returns>False after the root was left.</returns>
    public bool MoveNext()
    {
        if (Depth < 0)
        {
            Enter(root);
            return true;
        }
        if (!IsEntering)
        {
            if (Depth == 0)
                return false;
            Depth--;
        }
        var children = path[Depth].Children;
        if (nextChild[Depth] < children.Count)
            Enter(children[nextChild[Depth]++]);
        else
            IsEntering = false;
        return true;
    }

    void Enter(CallNode node)
    {
        Depth++;
        if (Depth == path.Length)
        {
            Array.Resize(ref path, Depth * 2);
            Array.Resize(ref nextChild, Depth * 2);
        }
        path[Depth] = node;
        nextChild[Depth] = 0;
        IsEntering = true;
    }
}
