namespace ProfilerWeaver;

/// <summary>Puts the call trees of all threads and recordings together into one.</summary>
sealed class ContextTree
{
    readonly List<CallContext> roots = [];
    readonly Dictionary<(CallContext? Caller, MethodLabel Label), CallContext> known = [];

    /// <returns>The contexts that were entered from outside every recorded method, in the order of their first
    /// call.</returns>
    public static IReadOnlyList<CallContext> Of(IEnumerable<ProfileData> recordings)
    {
        var tree = new ContextTree();
        foreach (var recording in recordings)
        {
            foreach (var thread in recording.Threads)
                tree.Add(recording, thread.Root);
        }
        return tree.roots;
    }

    void Add(ProfileData recording, CallNode root)
    {
        var path = new List<CallContext>();
        var walker = new CallTreeWalker(root);
        while (walker.MoveNext())
        {
            if (!walker.IsEntering || walker.Depth == 0)
                continue;
            path.RemoveRange(walker.Depth - 1, path.Count - (walker.Depth - 1));
            var caller = path.Count == 0 ? null : path[path.Count - 1];
            var context = Context(caller, recording.Methods[walker.Node.Method]);
            context.Figures += Figures(walker.Node, recording.SecondsPerTick);
            context.FoldedCalls += walker.Node.FoldedCalls;
            path.Add(context);
        }
    }

    CallContext Context(CallContext? caller, MethodLabel label)
    {
        if (known.TryGetValue((caller, label), out var context))
            return context;
        known[(caller, label)] = context = new CallContext(label, caller);
        if (caller is null)
            roots.Add(context);
        return context;
    }

    static Figures Figures(CallNode node, double secondsPerTick) => new(
        node.Calls,
        node.Calls - node.RecursiveCalls,
        node.SelfTicks * secondsPerTick,
        node.CumulativeTicks * secondsPerTick)
    {
        Resumes = node.Resumes,
    };
}
