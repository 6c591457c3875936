namespace ProfilerWeaver;

/// <summary>The calls for which there was no room in the trees (<see cref="FoldedTable"/>), on their way into a profile.</summary>
/// <param name="root">Its children are methods, whose children are their callers.</param>
sealed class FoldedCopy(NodeCopy root)
{
    /// <summary>What the thread is called that stands for several.</summary>
    public const string ThreadName = "beyond the memory limit";

    readonly Dictionary<nint, Pair> pairs = [];

    /// <summary>Takes note of a pair of caller and method.</summary>
    /// <param name="address">Where the recorder has it.</param>
    /// <param name="pair">Its copy.</param>
    /// <param name="method">The copy of its method.</param>
    /// <param name="isResume">Whether the method's calls are resumes.</param>
    public void Add(nint address, NodeCopy pair, NodeCopy method, bool isResume) =>
        pairs[address] = new(pair, method, isResume);

    /// <summary>Adds the contexts of a thread's open activations to those that can be closed.</summary>
    /// <param name="frames">The activations, from the top down: if there are folded ones, they are on top.</param>
    /// <param name="isFlat">Whether callers are not told apart.</param>
    /// <param name="open">Takes the contexts, by their addresses.</param>
    public void AddOpen(List<OpenFrame> frames, bool isFlat, Dictionary<nint, OpenContext> open)
    {
        if (frames.Count == 0 || !pairs.ContainsKey(frames[0].Node))
            return;
        // Those of the tree below count, too.
        var methods = new Dictionary<int, int>();
        var edges = new Dictionary<(int Caller, int Method), int>();
        for (var i = 0; i < frames.Count; i++)
        {
            Count(methods, frames[i].Method);
            Count(edges, Edge(i));
        }
        var contexts = new Dictionary<int, OpenContext>();
        for (var i = 0; i < frames.Count && pairs.TryGetValue(frames[i].Node, out var pair); i++)
        {
            if (open.ContainsKey(frames[i].Node))
                continue;
            var method = frames[i].Method;
            if (!contexts.TryGetValue(method, out var ofMethod))
                contexts.Add(method, ofMethod = new(pair.Method, methods[method], pair.IsResume));
            open.Add(frames[i].Node, new(pair.Copy, edges[Edge(i)], pair.IsResume, ofMethod));
        }

        (int, int) Edge(int i) =>
            (isFlat || i + 1 == frames.Count ? FoldedTable.NoCaller : frames[i + 1].Method, frames[i].Method);

        static void Count<T>(Dictionary<T, int> counts, T key)
            where T : notnull
        {
            counts.TryGetValue(key, out var count);
            counts[key] = count + 1;
        }
    }

    /// <summary>Puts it into the tree of the thread that made all these calls; if it was several, it becomes a thread of its
    /// own.</summary>
    /// <param name="threads">The threads of the profile.</param>
    /// <param name="only">The number and the name of the thread; null if it was several.</param>
    public void AddTo(List<ThreadTree> threads, (int Id, string Name)? only)
    {
        var folded = root.ToCallNode();
        var index = only is null ? -1 : threads.FindIndex(thread => thread.Id == only.Value.Id);
        if (index >= 0)
        {
            threads[index] = threads[index] with { Folded = folded };
            return;
        }
        var last = threads.Count == 0 ? 0 : threads[threads.Count - 1].Id;
        var (id, name) = only ?? (last + 1, ThreadName);
        threads.Add(new(id, name, new NodeCopy(Node.RootMethod).ToCallNode()) { Folded = folded });
    }

    readonly struct Pair(NodeCopy copy, NodeCopy method, bool isResume)
    {
        public NodeCopy Copy => copy;

        public NodeCopy Method => method;

        public bool IsResume => isResume;
    }
}
