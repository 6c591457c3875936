namespace ProfilerWeaver;

/// <summary>Merges trees that are in memory: contexts with the same methods on their paths become one, in an order that depends on
/// nothing but their labels.</summary>
sealed class TreeMerge
{
    static readonly Comparison<Source> ByRank = (left, right) => left.Rank.CompareTo(right.Rank);

    readonly IReadOnlyList<NanosecondTree> trees;
    readonly int[] ranks;
    readonly bool areProfiles;
    readonly ContextSink sink;

    // What is to be entered: for each context on the current path its callees that come later.
    readonly List<Source> pending = [];
    readonly Stack<(int Start, int Next)> path = new();

    TreeMerge(IReadOnlyList<NanosecondTree> trees, int[] ranks, bool areProfiles, ContextSink sink)
    {
        this.trees = trees;
        this.ranks = ranks;
        this.areProfiles = areProfiles;
        this.sink = sink;
    }

    /// <summary>Shows the merged tree to a sink, with the methods by number.</summary>
    /// <param name="trees">The trees.</param>
    /// <param name="ranks">The order of the methods, by number.</param>
    /// <param name="areProfiles">Whether each is a profile, and not a thread of one.</param>
    /// <param name="sink">Who is shown it.</param>
    public static void Visit(IReadOnlyList<NanosecondTree> trees, int[] ranks, bool areProfiles, ContextSink sink) =>
        new TreeMerge(trees, ranks, areProfiles, sink).Visit();

    void Visit()
    {
        for (var tree = 0; tree < trees.Count; tree++)
            pending.Add(new(-1, tree, 0));
        Enter(0, pending.Count);
        while (path.Count > 0)
        {
            var (start, next) = path.Pop();
            if (next == pending.Count)
            {
                pending.RemoveRange(start, pending.Count - start);
                sink.Leave();
                continue;
            }
            var end = next + 1;
            while (end < pending.Count && pending[end].Rank == pending[next].Rank)
                end++;
            path.Push((start, end));
            Enter(next, end);
        }
    }

    // Those of `pending` from start to end are one context.
    void Enter(int start, int end)
    {
        var sum = new ContextSum();
        var callees = pending.Count;
        for (var i = start; i < end; i++)
        {
            var (_, number, index) = pending[i];
            var tree = trees[number];
            sum.Add(tree.FiguresOf(index));
            for (var callee = index + 1; callee < tree.EndOf(index); callee = tree.EndOf(callee))
                pending.Add(new(ranks[tree.MethodOf(callee)], number, callee));
        }
        var (_, first, context) = pending[start];
        sink.Enter(trees[first].MethodOf(context), areProfiles ? sum.OfProfiles() : sum.OfThreads());
        pending.Sort(callees, pending.Count - callees, Comparer<Source>.Create(ByRank));
        path.Push((callees, callees));
    }

    readonly record struct Source(int Rank, int Tree, int Index);
}
