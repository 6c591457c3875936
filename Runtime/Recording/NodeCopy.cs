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

    /// <summary>The index of the method in the profile.</summary>
    public int Method => method;

    public List<NodeCopy> Children { get; } = [];

    /// <summary>Whether more than one context went into this one, so that their children may have to be merged too.</summary>
    public bool IsMerged { get; set; }

    /// <summary>Adds the figures of a context.</summary>
    /// <param name="node">The context.</param>
    /// <param name="isResume">Whether its calls are resumes.</param>
    /// <param name="hasRecursion">Whether it can be entered while it is open, as none of a tree can.</param>
    /// <returns>How many calls of it had ended; negative if its figures cannot be right.</returns>
    public long Add(Node* node, bool isResume, bool hasRecursion)
    {
        // Its thread counts the call first: what is read before is never more than all calls.
        var recursion = Volatile.Read(ref node->Recursive);
        var ended = Volatile.Read(ref node->Calls);
        if (isResume)
            resumes += ended;
        else
            calls += ended;
        if (!hasRecursion)
            folded += recursion;
        else if (!isResume)
            recursive += Math.Min(recursion, ended);
        self += node->Self;
        cumulative += node->Cumulative;
        return recursion < 0 ? -1 : ended;
    }

    /// <summary>Counts an open activation as ended.</summary>
    public void Close(long elapsed, long ownTime, bool isOutermost, bool isResume)
    {
        self += ownTime;
        if (isOutermost)
            cumulative += elapsed;
        else if (!isResume)
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
        var pending = new Sequence<Pending>();
        pending.Add(new(this, rootChildren));
        while (pending.Count > 0)
        {
            var parent = pending.Pop();
            foreach (var child in parent.Copy.Children)
            {
                var (node, children) = child.Freeze();
                parent.Into.Add(node);
                pending.Add(new(child, children));
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

    /// <summary>A copy whose children are still to be made immutable.</summary>
    readonly struct Pending(NodeCopy copy, List<CallNode> into)
    {
        public NodeCopy Copy => copy;

        public List<CallNode> Into => into;
    }
}

/// <summary>A context that had open activations when it was copied.</summary>
/// <param name="copy">Its copy.</param>
/// <param name="level">How many were open.</param>
/// <param name="isResume">Whether its calls are resumes.</param>
/// <param name="ofMethod">Where calls are folded, and it stands for a pair of caller and method: that of the method.</param>
sealed class OpenContext(NodeCopy copy, int level, bool isResume, OpenContext? ofMethod = null)
{
    /// <summary>Counts an activation as ended.</summary>
    /// <returns>False if all that were open have been counted: this one began later.</returns>
    public bool Close(long elapsed, long ownTime)
    {
        if (level <= 0)
            return false;
        copy.Close(elapsed, ownTime, --level == 0, isResume);
        ofMethod?.Close(elapsed, ownTime);
        return true;
    }
}
