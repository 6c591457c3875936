namespace ProfilerWeaver;

/// <summary>
/// Limits the number of contexts. The heaviest stay, with all that leads to them. The others are put together by method, below the
/// last context on their way that stays: so the sums of contexts, of methods and of the whole are what they were.
/// </summary>
sealed class TreePruning
{
    /// <summary>What the context above pruned ones is called.</summary>
    public const string Name = "(pruned)";

    // What is put together lies so far below the last context that stays.
    const int DepthOfMerged = 2;

    readonly CallTree[] trees;
    readonly Func<ContextFigures, double>[] weightOf;
    readonly double[][] weights;
    readonly int reason;

    TreePruning(IReadOnlyList<ExportedThread> threads, int reason, bool byTime, int? maxDepth)
    {
        this.reason = reason;
        trees = [.. threads.Select(thread => thread.Tree)];
        weightOf = [.. threads.Select(thread => byTime
            ? (Func<ContextFigures, double>)(figures => figures.SelfTicks * thread.SecondsPerTick)
            : figures => figures.Calls)];
        weights = [.. trees.Select((tree, i) => WeightsOf(tree.Columns, weightOf[i]))];
        if (maxDepth is not { } deepest)
            return;
        for (var i = 0; i < trees.Length; i++)
            ForgetDeeper(trees[i].Columns, weights[i], deepest - DepthOfMerged);
    }

    /// <summary>The trees with so many contexts at most, without their roots.</summary>
    /// <param name="threads">Whose trees.</param>
    /// <param name="most">How many there may be. If there are more methods, the heaviest have one.</param>
    /// <param name="reason">The method of the contexts above pruned ones.</param>
    /// <param name="byTime">Whether those stay that take the most time; otherwise those with the most calls.</param>
    /// <param name="maxDepth">How far in contexts may be; null: anywhere.</param>
    public static IReadOnlyList<CallTree> Prune(IReadOnlyList<ExportedThread> threads, int most, int reason, bool byTime, int? maxDepth = null)
    {
        var pruning = new TreePruning(threads, reason, byTime, maxDepth);
        if (pruning.Count(double.PositiveInfinity) > most)
            return pruning.Heaviest(most);
        var least = pruning.LeastWeight(most);
        return [.. pruning.trees.Select((tree, i) => pruning.Prune(i, least))];
    }

    /// <summary>Whether any context is further in than that.</summary>
    public static bool IsDeeper(IReadOnlyList<ExportedThread> threads, int depth) => threads.Any(thread =>
        Depths(thread.Tree.Columns).Any(known => known > depth));

    // None of them stays, whatever it weighs; those that do weigh nothing or more.
    static void ForgetDeeper(ContextColumns columns, double[] weights, int depth)
    {
        var context = 0;
        foreach (var known in Depths(columns))
        {
            if (known > depth)
                weights[context] = -1;
            context++;
        }
    }

    // In the order of the contexts; a root is at 0.
    static IEnumerable<int> Depths(ContextColumns columns)
    {
        var ends = new Stack<int>();
        for (var context = 0; context < columns.Count; context++)
        {
            while (ends.Count > 0 && ends.Peek() <= context)
                ends.Pop();
            yield return ends.Count;
            ends.Push(columns.EndOf(context));
        }
    }

    // No context stays, and of the methods those that there is room for.
    CallTree[] Heaviest(int most)
    {
        var merged = Array.ConvertAll(trees, Merge);
        var all = merged.SelectMany((contexts, i) => contexts.Figures.Select(weightOf[i])).OrderDescending().ToList();
        var least = most > merged.Length ? all[most - merged.Length] : double.PositiveInfinity;
        return [.. trees.Select((_, i) => Prune(i, double.PositiveInfinity, figures => weightOf[i](figures) > least))];
    }

    MergedContexts Merge(CallTree tree)
    {
        var merged = new MergedContexts(reason);
        for (var i = 1; i < tree.Count; i++)
            merged.Add(tree.Columns.MethodOf(i), tree.Columns.FiguresOf(i));
        return merged;
    }

    CallTree Prune(int thread, double least, Func<ContextFigures, bool>? isShown = null) =>
        new Sink(weights[thread], least, reason, isShown).Prune(trees[thread]);

    // Of a context with all below it; no context has more than the one above it.
    static double[] WeightsOf(ContextColumns columns, Func<ContextFigures, double> weightOf)
    {
        var before = new double[columns.Count + 1];
        for (var i = 0; i < columns.Count; i++)
            before[i + 1] = before[i] + Math.Max(0, weightOf(columns.FiguresOf(i)));
        var weights = new double[columns.Count];
        for (var i = 0; i < weights.Length; i++)
            weights[i] = before[columns.EndOf(i)] - before[i];
        return weights;
    }

    // The limit that contexts which stay are above, so that there are as many as possible of them.
    double LeastWeight(int most)
    {
        var all = weights.SelectMany(own => own.Skip(1)).ToArray();
        Array.Sort(all);
        Array.Reverse(all);
        var (fits, tooMany) = (0, Math.Min(most, all.Length - 1) + 1);
        while (tooMany - fits > 1)
        {
            var middle = fits + (tooMany - fits) / 2;
            if (Count(all[middle]) <= most)
                fits = middle;
            else
                tooMany = middle;
        }
        return Count(all[fits]) <= most ? all[fits] : double.PositiveInfinity;
    }

    /// <summary>How many contexts there are if those stay that weigh more than so much.</summary>
    long Count(double least)
    {
        var count = 0L;
        var merged = new HashSet<long>();
        var path = new Stack<int>();
        for (var i = 0; i < trees.Length; i++)
        {
            merged.Clear();
            path.Clear();
            var columns = trees[i].Columns;
            for (var context = 0; context < columns.Count; context++)
            {
                while (path.Count > 0 && columns.EndOf(path.Peek()) <= context)
                    path.Pop();
                if (context == 0 || weights[i][context] > least)
                {
                    path.Push(context);
                    count += context == 0 ? 0 : 1;
                }
                else
                {
                    // The one above them is that of no method.
                    var above = (long)path.Peek() << 32;
                    count += (merged.Add(above | uint.MaxValue) ? 1 : 0) + (merged.Add(above | (uint)columns.MethodOf(context)) ? 1 : 0);
                }
            }
        }
        return count;
    }

    /// <summary>Makes the tree with what stays.</summary>
    sealed class Sink(double[] weights, double least, int reason, Func<ContextFigures, bool>? isShown) : ContextSink
    {
        readonly CallTreeColumns output = new();

        // For each context on the way to the current one that stays: what is put together below it.
        readonly Stack<MergedContexts?> path = new();
        int next;
        int prunedDepth;

        public CallTree Prune(CallTree tree)
        {
            tree.Visit(this);
            return output.Build();
        }

        public override void Enter(int method, in ContextFigures figures)
        {
            var index = next++;
            if (index == 0 || prunedDepth == 0 && weights[index] > least)
            {
                output.Enter(method, figures);
                path.Push(null);
                return;
            }
            prunedDepth++;
            var merged = path.Pop() ?? new(reason);
            merged.Add(method, figures);
            path.Push(merged);
        }

        public override void Leave()
        {
            if (prunedDepth > 0)
            {
                prunedDepth--;
                return;
            }
            path.Pop()?.Visit(output, isShown);
            output.Leave();
        }
    }
}
