namespace ProfilerWeaver;

/// <summary>Puts together the calls for which there was no room in the trees (<see cref="TruncatedTable"/>): methods, and the
/// callers of each. There is an object for each pair, of which there are no more than in the table of a profile.</summary>
sealed class TruncatedReader
{
    /// <summary>What the thread is called that stands for several.</summary>
    public const string ThreadName = "beyond the memory limit";

    readonly Dictionary<int, Method> methods = [];
    readonly Sequence<Method> inOrder = new();

    // The rows of what may have several, by caller and method.
    readonly Dictionary<(int Caller, int Method), Row> parts = [];

    // All pairs; and by address, once an activation of one of them is open.
    readonly Sequence<Pair> pairs = new(1024);
    Dictionary<nint, Pair>? pairOf;

    /// <summary>Adds figures of a method.</summary>
    /// <param name="id">The id of the method.</param>
    /// <param name="figures">Its calls, or its resumes.</param>
    public void AddMethod(int id, in ContextFigures figures)
    {
        if (!methods.TryGetValue(id, out var method))
        {
            methods[id] = method = new(id);
            inOrder.Add(method);
        }
        method.Figures.Add(figures);
    }

    /// <summary>Adds figures of a caller of a method.</summary>
    /// <param name="address">The address of the pair's context, which activations have.</param>
    /// <param name="caller">The id of the caller; -1 for a thread itself, which is none.</param>
    /// <param name="id">The id of the method, which was added before.</param>
    /// <param name="isResume">Whether the calls are resumes.</param>
    /// <param name="isPart">Whether there may be others of the same caller and method, because one of them has resumes.</param>
    /// <param name="figures">The calls, or the resumes.</param>
    public void AddCaller(nint address, int caller, int id, bool isResume, bool isPart, in ContextFigures figures)
    {
        var method = methods[id];
        if (!isPart || !parts.TryGetValue((caller, id), out var row))
        {
            row = new(caller);
            if (caller >= 0)
                method.Callers.Add(row);
            if (isPart)
                parts[(caller, id)] = row;
        }
        row.Figures.Add(figures);
        pairs.Add(new(address, row, method, isResume));
    }

    /// <summary>Counts open activations of a thread as ended.</summary>
    /// <param name="open">The activations, from the top down: if there are truncated ones, they are on top.</param>
    /// <param name="isFlat">Whether callers are not told apart.</param>
    /// <returns>How many were counted.</returns>
    public int Close(OpenCalls open, bool isFlat)
    {
        if (open.Count == 0 || !open.IsTruncated(0))
            return 0;
        pairOf ??= ByAddress();
        // Those of the tree below count, too.
        var ofMethod = new Dictionary<int, int>();
        var ofPair = new Dictionary<(int Caller, int Method), int>();
        for (var i = 0; i < open.Count; i++)
        {
            Count(ofMethod, open.MethodOf(i), +1);
            Count(ofPair, PairOf(i), +1);
        }
        var closed = 0;
        for (; closed < open.Count && pairOf.TryGetValue(open.ContextOf(closed), out var pair); closed++)
        {
            open.Close(closed, Count(ofPair, PairOf(closed), -1) == 0, pair.IsResume, ref pair.Row.Figures);
            open.Close(closed, Count(ofMethod, open.MethodOf(closed), -1) == 0, pair.IsResume, ref pair.Method.Figures);
        }
        return closed;

        (int, int) PairOf(int i) =>
            (isFlat || i + 1 == open.Count ? TruncatedNode.NoCaller : open.MethodOf(i + 1), open.MethodOf(i));

        static int Count<T>(Dictionary<T, int> counts, T key, int change)
            where T : notnull
        {
            counts.TryGetValue(key, out var count);
            return counts[key] = count + change;
        }
    }

    /// <summary>Shows it as a tree of two levels.</summary>
    /// <param name="visitor">Who looks.</param>
    /// <param name="indexOf">From the id of a method to its index in the profile.</param>
    public void Show(ProfileVisitor visitor, Func<int, int> indexOf)
    {
        visitor.BeginTree(isTruncated: true);
        visitor.Enter(Node.RootMethod, default);
        foreach (var method in inOrder)
        {
            visitor.Enter(indexOf(method.Id), method.Figures);
            foreach (var caller in method.Callers)
            {
                visitor.Enter(indexOf(caller.Id), caller.Figures);
                visitor.Leave();
            }
            visitor.Leave();
        }
        visitor.Leave();
        visitor.EndTree();
    }

    Dictionary<nint, Pair> ByAddress()
    {
        var result = new Dictionary<nint, Pair>(pairs.Count);
        foreach (var pair in pairs)
            result[pair.Address] = pair;
        return result;
    }

    /// <summary>The figures of a method, or of a caller of one.</summary>
    class Row(int id)
    {
        public ContextFigures Figures;

        public int Id => id;
    }

    sealed class Method(int id) : Row(id)
    {
        public Sequence<Row> Callers { get; } = new();
    }

    /// <summary>What a context of the recorder belongs to.</summary>
    readonly record struct Pair(nint Address, Row Row, Method Method, bool IsResume);
}
