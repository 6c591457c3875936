namespace ProfilerWeaver;

/// <summary>
/// The call trees of the runs of two sides laid over each other: contexts with the same names on the way to them are one. Context 0
/// is the root, which every run enters once. Columns, as <see cref="ContextTree"/> has them.
/// </summary>
sealed class ComparedTree
{
    /// <summary>What stands for the run itself.</summary>
    public const int Root = 0;

    /// <summary>The number of no context.</summary>
    public const int None = -1;

    readonly int baseRuns;
    readonly int newRuns;
    readonly Dictionary<(int Caller, string Name), int> known = [];
    readonly List<string> names = [""];
    readonly List<int> callers = [None];
    readonly List<int> lastCallees = [None];
    readonly List<int> firstCallees = [None];
    readonly List<int> nextSiblings = [None];
    readonly List<Figures> figures = [];

    ComparedTree(int baseRuns, int newRuns)
    {
        (this.baseRuns, this.newRuns) = (baseRuns, newRuns);
        for (var run = 0; run < Runs; run++)
            figures.Add(new(1, 1, 0, 0));
    }

    /// <summary>Lays trees over each other.</summary>
    /// <param name="sideBefore">A tree for each run of the side that is compared with.</param>
    /// <param name="sideAfter">A tree for each run of the side that is compared.</param>
    public static ComparedTree Of(IReadOnlyList<ContextTree> sideBefore, IReadOnlyList<ContextTree> sideAfter)
    {
        var tree = new ComparedTree(sideBefore.Count, sideAfter.Count);
        for (var run = 0; run < tree.Runs; run++)
            tree.Add(run < sideBefore.Count ? sideBefore[run] : sideAfter[run - sideBefore.Count], run);
        return tree;
    }

    /// <summary>The number of contexts, with the root.</summary>
    public int Count => names.Count;

    /// <summary>The number of runs on both sides.</summary>
    public int Runs => baseRuns + newRuns;

    public string NameOf(int context) => names[context];

    /// <summary>The context that it was entered from; <see cref="None"/> for the root.</summary>
    public int CallerOf(int context) => callers[context];

    public int FirstCallee(int context) => firstCallees[context];

    public int NextSibling(int context) => nextSiblings[context];

    /// <summary>The figures of a context in one run, those before first.</summary>
    public Figures FiguresOf(int context, int run) => figures[context * Runs + run];

    /// <summary>The calls before.</summary>
    public RunCounts Before(int context) => CountsOf(context, 0, baseRuns);

    /// <summary>The calls now.</summary>
    public RunCounts After(int context) => CountsOf(context, baseRuns, newRuns);

    /// <summary>The times of the method itself before.</summary>
    public RunTimes SelfBefore(int context) => SelfOf(context, 0, baseRuns);

    /// <summary>The times of the method itself now.</summary>
    public RunTimes SelfAfter(int context) => SelfOf(context, baseRuns, newRuns);

    /// <summary>All contexts, each before its callees.</summary>
    public IEnumerable<int> Preorder()
    {
        var pending = new Stack<int>([Root]);
        while (pending.TryPop(out var context))
        {
            yield return context;
            var first = pending.Count;
            for (var callee = firstCallees[context]; callee != None; callee = nextSiblings[callee])
                pending.Push(callee);
            if (pending.Count - first > 1)
                Reverse(pending, pending.Count - first);
        }
    }

    static void Reverse(Stack<int> pending, int count)
    {
        var callees = new int[count];
        for (var i = 0; i < count; i++)
            callees[i] = pending.Pop();
        foreach (var callee in callees)
            pending.Push(callee);
    }

    RunTimes SelfOf(int context, int first, int runs) =>
        new([.. Enumerable.Range(first, runs).Select(run => FiguresOf(context, run).TotalTime)]);

    RunCounts CountsOf(int context, int first, int runs)
    {
        Span<long> counts = runs <= 64 ? stackalloc long[runs] : new long[runs];
        for (var run = 0; run < runs; run++)
            counts[run] = FiguresOf(context, first + run).Calls;
        return RunCounts.Of(counts);
    }

    void Add(ContextTree tree, int run)
    {
        var pending = new Stack<(int From, int To)>();
        pending.Push((ContextTree.None, Root));
        while (pending.TryPop(out var pair))
        {
            for (var callee = tree.FirstCallee(pair.From); callee != ContextTree.None; callee = tree.NextSibling(callee))
            {
                var context = FindOrAdd(pair.To, tree.LabelOf(callee).Name);
                figures[context * Runs + run] += tree.FiguresOf(callee);
                pending.Push((callee, context));
            }
        }
    }

    int FindOrAdd(int caller, string name)
    {
        if (known.TryGetValue((caller, name), out var context))
            return context;
        context = known[(caller, name)] = Count;
        names.Add(name);
        callers.Add(caller);
        firstCallees.Add(None);
        lastCallees.Add(None);
        nextSiblings.Add(None);
        for (var run = 0; run < Runs; run++)
            figures.Add(default);
        if (lastCallees[caller] == None)
            firstCallees[caller] = context;
        else
            nextSiblings[lastCallees[caller]] = context;
        lastCallees[caller] = context;
        return context;
    }
}
