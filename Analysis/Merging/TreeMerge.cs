namespace ProfilerWeaver;

/// <summary>Merges trees that are in memory: contexts with the same methods on their paths become one, in an order that depends on
/// nothing but their labels.</summary>
sealed class TreeMerge
{
    // More are sorted by .NET, which takes longer to begin with.
    const int Few = 24;

    static readonly IComparer<Source> ByRank = Comparer<Source>.Create((left, right) =>
        left.Rank != right.Rank ? left.Rank.CompareTo(right.Rank) : left.Tree.CompareTo(right.Tree));

    readonly NanosecondTree[] trees;
    readonly int[][] ranks;
    readonly bool areProfiles;
    readonly ContextSink sink;

    // What is to be entered: for each context on the current path its callees that come later.
    Source[] pending = new Source[64];
    int count;
    readonly Stack<(int Start, int Next)> path = new();

    TreeMerge(IReadOnlyList<NanosecondTree> trees, int[] ranks, bool areProfiles, ContextSink sink)
    {
        this.trees = [.. trees];
        this.ranks = [.. trees.Select(tree => tree.RanksOf(ranks))];
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
        for (var tree = 0; tree < trees.Length; tree++)
            Add(new(-1, tree, 0));
        Enter(0, count);
        while (path.Count > 0)
        {
            var (start, next) = path.Pop();
            if (next == count)
            {
                count = start;
                sink.Leave();
                continue;
            }
            var end = next + 1;
            while (end < count && pending[end].Rank == pending[next].Rank)
                end++;
            path.Push((start, end));
            Enter(next, end);
        }
    }

    // Those of `pending` from start to end are one context.
    void Enter(int start, int end)
    {
        var callees = count;
        for (var i = start; i < end; i++)
            AddCallees(pending[i].Tree, pending[i].Index);
        var (_, first, context) = pending[start];
        var method = trees[first].MethodOf(context);
        if (end == start + 1)
        {
            // As it is: one profile says nothing of how many there are.
            sink.Enter(method, trees[first].FiguresOf(context));
        }
        else
        {
            var sum = new ContextSum();
            for (var i = start; i < end;)
                sum.Add(OfTree(ref i, end));
            sink.Enter(method, areProfiles ? sum.OfProfiles() : sum.OfThreads());
        }
        Sort(callees);
        path.Push((callees, callees));
    }

    // What the next tree has of a context: more than once, if several of its methods have the same label.
    ContextFigures OfTree(ref int next, int end)
    {
        var tree = pending[next].Tree;
        var figures = trees[tree].FiguresOf(pending[next].Index);
        while (++next < end && pending[next].Tree == tree)
            figures.Add(trees[tree].FiguresOf(pending[next].Index));
        return figures;
    }

    void AddCallees(int number, int context)
    {
        var tree = trees[number];
        var rankOf = ranks[number];
        var end = tree.EndOf(context);
        for (var callee = context + 1; callee < end; callee = tree.EndOf(callee))
            Add(new(rankOf[tree.IndexOf(callee)], number, callee));
    }

    void Add(Source source)
    {
        if (count == pending.Length)
            Array.Resize(ref pending, 2 * count);
        pending[count++] = source;
    }

    // Those of each tree that was merged are in order already.
    void Sort(int start)
    {
        if (count - start > Few)
        {
            Array.Sort(pending, start, count - start, ByRank);
            return;
        }
        for (var i = start + 1; i < count; i++)
        {
            var source = pending[i];
            var place = i;
            for (; place > start && pending[place - 1].Rank > source.Rank; place--)
                pending[place] = pending[place - 1];
            pending[place] = source;
        }
    }

    readonly record struct Source(int Rank, int Tree, int Index);
}
