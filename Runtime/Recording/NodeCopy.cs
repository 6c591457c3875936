namespace ProfilerWeaver;

/// <summary>A context on its way from the recorder's memory into a profile.</summary>
sealed unsafe class NodeCopy(int method)
{
    long calls;
    long recursive;
    long resumes;
    long self;
    long cumulative;
    long folded;
    int level;

    /// <summary>The index of the method in the profile.</summary>
    public int Method => method;

    public List<NodeCopy> Children { get; } = [];

    /// <summary>Whether more than one context went into this one, so that their children may have to be merged too.</summary>
    public bool IsMerged { get; set; }

    /// <summary>Adds the figures of a context.</summary>
    /// <param name="node">The context.</param>
    /// <param name="isResume">Whether its calls are resumes.</param>
    /// <param name="hasRecursion">Whether it can be entered while it is open, as none of a tree can.</param>
    public void Add(Node* node, bool isResume, bool hasRecursion)
    {
        if (isResume)
            resumes += node->Calls;
        else
            calls += node->Calls;
        if (hasRecursion)
            recursive += node->Recursive;
        else
            folded += node->FoldedCalls;
        self += node->Self;
        cumulative += node->Cumulative;
        level += node->Level;
    }

    /// <summary>Counts an open activation as ended.</summary>
    public void Close(long elapsed, long ownTime, bool isResume)
    {
        self += ownTime;
        // Below 0 if its thread is just about to close it.
        if (--level <= 0)
            cumulative += elapsed;
        else
            recursive++;
        if (isResume)
            resumes++;
        else
            calls++;
    }

    /// <summary>Makes the immutable tree, without recursion: a tree can be as deep as the program's stack was.</summary>
    public CallNode ToCallNode()
    {
        var (root, rootChildren) = Freeze();
        var pending = new Stack<(NodeCopy Copy, List<CallNode> Into)>();
        pending.Push((this, rootChildren));
        while (pending.Count > 0)
        {
            var (copy, into) = pending.Pop();
            foreach (var child in copy.Children)
            {
                var (node, children) = child.Freeze();
                into.Add(node);
                pending.Push((child, children));
            }
        }
        return root;
    }

    (CallNode Node, List<CallNode> Children) Freeze()
    {
        var children = new List<CallNode>(Children.Count);
        return (new()
        {
            Method = method,
            Calls = calls,
            RecursiveCalls = recursive,
            Resumes = resumes,
            SelfTicks = self,
            CumulativeTicks = cumulative,
            FoldedCalls = folded,
            Children = children,
        }, children);
    }
}
