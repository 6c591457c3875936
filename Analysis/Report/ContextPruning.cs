namespace ProfilerWeaver;

/// <summary>Chooses the contexts of a report that may not have all of them: the heaviest, each with its callers.</summary>
sealed class ContextPruning
{
    // For each context of all trees, one tree after the other, its place among all by weight, and its caller.
    readonly int[] ranks;
    readonly int[] callers;
    readonly int kept;

    ContextPruning(double[] weights, int[] callers, int most)
    {
        this.callers = callers;
        var order = new int[weights.Length];
        for (var i = 0; i < order.Length; i++)
            order[i] = i;
        // Of equals the first: it is the caller, if one of them is the other's.
        Array.Sort(order, (left, right) => weights[right].CompareTo(weights[left]) is not 0 and var byWeight ? byWeight : left - right);
        ranks = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
            ranks[order[i]] = i;
        kept = Most(most);
    }

    /// <summary>Chooses the contexts.</summary>
    /// <param name="trees">The trees, and how much a tick of each weighs; 0: calls are what counts.</param>
    /// <param name="most">How many there may be, those that stand for what was left out included.</param>
    /// <param name="before">What they weighed before a change, too; null: nothing. There is one tree then.</param>
    /// <returns>Null if all are kept.</returns>
    public static ContextPruning? Of(IReadOnlyList<(ContextColumns Contexts, double Scale)> trees, int most,
        BeforeColumns? before = null)
    {
        var count = trees.Sum(tree => (long)tree.Contexts.Count);
        if (count - trees.Count <= most)
            return null;
        var weights = new double[count];
        var callers = new int[count];
        var begin = 0;
        foreach (var (contexts, scale) in trees)
        {
            Weigh(contexts, scale, begin, weights, before);
            FindCallers(contexts, begin, callers);
            begin += contexts.Count;
        }
        return new(weights, callers, most);
    }

    /// <summary>Whether a context is kept.</summary>
    /// <param name="context">Its place among those of all trees.</param>
    public bool Keeps(int context) => ranks[context] < kept;

    static void Weigh(ContextColumns contexts, double scale, int begin, double[] weights, BeforeColumns? past)
    {
        // A context's weight is a difference of these sums, so that no caller weighs less than what it calls.
        var before = new double[contexts.Count + 1];
        for (var i = 0; i < contexts.Count; i++)
        {
            var own = scale == 0 ? contexts.CallsOf(i) + contexts.ResumesOf(i) : contexts.SelfOf(i) * scale;
            var ownOfPast = past is null ? 0 : scale == 0 ? past.Calls[i] : past.SelfTicks[i] * scale;
            before[i + 1] = before[i] + Math.Max(0, own) + Math.Max(0, ownOfPast);
        }
        weights[begin] = double.PositiveInfinity;
        for (var i = 1; i < contexts.Count; i++)
            weights[begin + i] = before[contexts.EndOf(i)] - before[i];
    }

    static void FindCallers(ContextColumns contexts, int begin, int[] callers)
    {
        var path = new Stack<int>();
        for (var i = 0; i < contexts.Count; i++)
        {
            while (path.Count > 0 && contexts.EndOf(path.Peek()) <= i)
                path.Pop();
            callers[begin + i] = path.Count == 0 ? -1 : begin + path.Peek();
            path.Push(i);
        }
    }

    int Most(int most)
    {
        // The roots, which are not written, come first.
        var (enough, tooMany) = (callers.Count(caller => caller < 0), ranks.Length);
        while (tooMany - enough > 1)
        {
            var middle = enough + (tooMany - enough) / 2;
            if (CountOf(middle) <= most)
                enough = middle;
            else
                tooMany = middle;
        }
        return enough;
    }

    // How many contexts a report has that keeps so many.
    int CountOf(int candidates)
    {
        var hasMore = new bool[ranks.Length];
        var count = 0;
        for (var i = 0; i < ranks.Length; i++)
        {
            if (callers[i] < 0)
                continue;
            if (ranks[i] < candidates)
            {
                count++;
            }
            else if (ranks[callers[i]] < candidates && !hasMore[callers[i]])
            {
                hasMore[callers[i]] = true;
                count++;
            }
        }
        return count;
    }
}
