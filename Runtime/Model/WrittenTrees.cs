namespace ProfilerWeaver;

/// <summary>
/// Puts trees together as the program was written. In those of a recording, an async method that was resumed has a context in the
/// tree of the thread that it happened on, which names the context that it continues (<see cref="AsyncFigures.Continues"/>). Here
/// that becomes a part of the latter, wherever it is, and so does all below it: contexts with the same callers are one.
/// </summary>
/// <remarks>A context that continues one which is nowhere stays where it is.</remarks>
sealed class WrittenTrees
{
    readonly ContextColumns[] trees;
    readonly long total;
    readonly bool isByThread;

    // The contexts that continue others, by what these are called.
    readonly Dictionary<int, List<Part>> continuations = [];
    readonly HashSet<int> keys = [];

    // The children of all contexts on the current path that are still to be shown.
    Part[] parts = new Part[256];
    int partCount;
    int shown;

    // By method, where the context of it is among the children that are being gathered, and which gathering that was.
    readonly int[] partOf;
    readonly int[] gatheringOf;
    int gathering;

    WrittenTrees(IEnumerable<CallTree> trees, int methods, bool isByThread)
    {
        this.trees = [.. trees.Select(tree => tree.Columns)];
        total = this.trees.Sum(tree => (long)tree.Count);
        this.isByThread = isByThread;
        partOf = new int[methods];
        gatheringOf = new int[methods];
        if (!isByThread)
            FindContinuations();
    }

    // Then contexts have figures, and no shares.
    bool AreWritten { get; init; }

    /// <summary>Whether contexts continue others.</summary>
    public static bool AreLinked(IReadOnlyList<ThreadTree> threads)
    {
        foreach (var thread in threads)
        {
            for (var i = 0; thread.Tree.Columns.Async is { } async && i < async.Count; i++)
            {
                if ((async[i].Key | async[i].Continues) != 0)
                    return true;
            }
        }
        return false;
    }

    /// <summary>The trees as the program was written. A thread that did nothing but continue others has none.</summary>
    /// <param name="threads">The trees as they were recorded.</param>
    /// <param name="methods">How many methods there are.</param>
    /// <exception cref="InvalidDataException">There are contexts that continue one below themselves.</exception>
    public static IReadOnlyList<ThreadTree> AsWritten(IReadOnlyList<ThreadTree> threads, int methods) =>
        new WrittenTrees(threads.Select(thread => thread.Tree), methods, isByThread: false).Of(threads);

    /// <summary>The trees with what each thread did, where it did it.</summary>
    /// <inheritdoc cref="AsWritten"/>
    public static IReadOnlyList<ThreadTree> ByThread(IReadOnlyList<ThreadTree> threads, int methods) =>
        new WrittenTrees(threads.Select(thread => thread.Tree), methods, isByThread: true).Of(threads);

    /// <summary>Two trees without contexts that continue others as one.</summary>
    /// <param name="first">One of them.</param>
    /// <param name="then">The other one.</param>
    /// <param name="methods">How many methods there are.</param>
    public static CallTree Together(CallTree first, CallTree then, int methods)
    {
        var both = new WrittenTrees([first, then], methods, isByThread: false) { AreWritten = true };
        var root = both.Add(new(0, 0));
        both.parts[root].Next = both.Add(new(1, 0) { IsOfAnother = true });
        return both.Build(first.Count);
    }

    List<ThreadTree> Of(IReadOnlyList<ThreadTree> threads)
    {
        var result = new List<ThreadTree>();
        for (var i = 0; i < trees.Length; i++)
        {
            partCount = 0;
            Add(new(i, 0));
            var tree = Build(ExpectedOf(trees[i]));
            if (tree.Count > 1 || threads[i].Truncated is not null || trees[i].Count == 1)
                result.Add(threads[i] with { Tree = tree });
        }
        if (shown != total)
            throw new InvalidDataException("a context continues one below itself");
        return result;
    }

    void FindContinuations()
    {
        for (var tree = 0; tree < trees.Length; tree++)
        {
            if (trees[tree].Async is not { } async)
                continue;
            for (var i = 0; i < async.Count; i++)
            {
                if (async[i].Key != 0)
                    keys.Add(async[i].Key);
                if (async[i].Continues == 0)
                    continue;
                if (!continuations.TryGetValue(async[i].Continues, out var list))
                    continuations[async[i].Continues] = list = [];
                list.Add(new(tree, async.PlaceOf(i)));
            }
        }
    }

    // About how many contexts it has with what continues some of them, and without what continues others: that may be most of them, and
    // arrays that grow are copied.
    int ExpectedOf(ContextColumns tree)
    {
        var expected = (long)tree.Count;
        for (var i = 0; tree.Async is { } async && i < async.Count; i++)
        {
            if (IsMoved(async[i]))
                expected -= tree.EndOf(async.PlaceOf(i)) - async.PlaceOf(i);
            if (async[i].Key == 0 || !continuations.TryGetValue(async[i].Key, out var list))
                continue;
            foreach (var continuation in list)
                expected += trees[continuation.Tree].EndOf(continuation.Place) - continuation.Place;
        }
        return (int)Math.Min(Math.Max(expected, 1), total - shown + 1);
    }

    // The root was added. Preorder without recursion: a tree can be as deep as the program's stack was.
    CallTree Build(int expected)
    {
        var builder = new CallTreeColumns(expected, derivesTotals: true);
        var levels = new Sequence<(int Begin, int Next, int End)>();
        levels.Add((0, 0, 1));
        while (levels.Count > 0)
        {
            var (begin, next, end) = levels.Pop();
            if (next == end)
            {
                if (levels.Count > 0)
                    builder.Leave();
                partCount = begin;
                continue;
            }
            levels.Add((begin, next + 1, end));
            if (parts[next].IsOfAnother)
                continue;
            AddContinuations(next);
            if (parts[next].Next < 0 && parts[next].Place > 0 && trees[parts[next].Tree].IsPlain(parts[next].Place))
            {
                // Nothing below it goes on elsewhere, or comes from there.
                var top = parts[next].Place;
                var plain = trees[parts[next].Tree];
                builder.Copy(plain, top);
                shown += plain.EndOf(top) - top;
                continue;
            }
            var first = partCount;
            builder.Enter(trees[parts[next].Tree].MethodOf(parts[next].Place), FiguresOf(next));
            Gather(next);
            levels.Add((first, first, partCount));
        }
        return builder.Build();
    }

    void AddContinuations(int context)
    {
        if (continuations.Count == 0)
            return;
        var last = context;
        while (parts[last].Next >= 0)
            last = parts[last].Next;
        // Behind the children that are gathered now: they are dropped with them.
        for (var part = context; part >= 0; part = parts[part].Next)
        {
            ref var of = ref parts[part];
            var key = trees[of.Tree].AsyncOf(of.Place).Key;
            if (key == 0 || !continuations.TryGetValue(key, out var list))
                continue;
            // The parts of a context may all have the key.
            continuations.Remove(key);
            foreach (var continuation in list)
            {
                var added = Add(continuation with { IsOfAnother = true });
                parts[last].Next = added;
                last = added;
            }
        }
    }

    ContextFigures FiguresOf(int context)
    {
        var sum = default(ContextFigures);
        for (var part = context; part >= 0; part = parts[part].Next)
        {
            shown++;
            var columns = trees[parts[part].Tree];
            var place = parts[part].Place;
            var figures = columns.FiguresOf(place);
            // What is neither its own nor of a context below it: truncated calls, or what was open.
            figures.CumulativeTicks -= figures.SelfTicks;
            for (var child = place + 1; child < columns.EndOf(place); child = columns.EndOf(child))
                figures.CumulativeTicks -= columns.CumulativeOf(child);
            // What flowed with a scope to a thread that is in no call of it.
            if (figures is { Calls: 0, Resumes: 0, Async.Continues: not 0 })
                figures.CumulativeTicks = 0;
            if (isByThread || (figures.Async.Continues != 0 && !IsMoved(figures.Async)))
            {
                // Here is a part of each call only.
                if ((figures.Async.Key | figures.Async.Continues) != 0)
                    figures.SlowestTicks = 0;
                figures.Async = default;
            }
            else if (figures.Async.Continues != 0)
                figures.Async.ResumesElsewhere = figures.Resumes;
            sum.Add(figures);
        }
        // In one of the trees nothing may have been suspended: it knows what took longest, but not what elapsed.
        if (AreWritten)
            return sum;
        // Shares that do not fit together: an activation was completed twice, or was not seen to be suspended.
        sum.Async.OpenCalls = Math.Max(0, sum.Async.OpenCalls);
        sum.Async.WaitingTicks = Math.Max(0, sum.Async.WaitingTicks);
        sum.Async.ElapsedTicks = Math.Max(sum.Async.WaitingTicks, sum.Async.ElapsedTicks);
        // What the recorder did meanwhile is not in what elapsed. And in a window, calls may end that do not belong to it.
        if (!sum.Async.IsEmpty)
            sum.SlowestTicks = Math.Min(sum.SlowestTicks, sum.Calls == 0 ? 0 : sum.Async.ElapsedTicks);
        return sum;
    }

    void Gather(int context)
    {
        gathering++;
        for (var part = context; part >= 0; part = parts[part].Next)
        {
            var tree = parts[part].Tree;
            var columns = trees[tree];
            var end = columns.EndOf(parts[part].Place);
            for (var child = parts[part].Place + 1; child < end; child = columns.EndOf(child))
            {
                if (!IsMoved(columns.AsyncOf(child)))
                    AddChild(new(tree, child), columns.MethodOf(child));
            }
        }
    }

    void AddChild(Part child, int method)
    {
        var isRepeated = gatheringOf[method] == gathering;
        var added = Add(child with { IsOfAnother = isRepeated });
        if (isRepeated)
        {
            // Before the others, but behind the first: nobody depends on their order.
            parts[added].Next = parts[partOf[method]].Next;
            parts[partOf[method]].Next = added;
            return;
        }
        gatheringOf[method] = gathering;
        partOf[method] = added;
    }

    bool IsMoved(in AsyncFigures figures) => figures.Continues != 0 && !isByThread && keys.Contains(figures.Continues);

    int Add(Part part)
    {
        if (partCount == parts.Length)
            Array.Resize(ref parts, partCount * 2);
        parts[partCount] = part;
        return partCount++;
    }

    /// <summary>A context of a recorded tree, as a part of one that is to be shown.</summary>
    /// <param name="Tree">Its tree.</param>
    /// <param name="Place">Its place in preorder.</param>
    record struct Part(int Tree, int Place)
    {
        /// <summary>The next part of the same context; -1: none.</summary>
        public int Next { get; set; } = -1;

        /// <summary>Whether it is part of a context that is found by another part.</summary>
        public bool IsOfAnother { get; init; }
    }
}
