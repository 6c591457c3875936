namespace ProfilerWeaver;

/// <summary>A tree of a profile that is merged: its times in the ticks of the merged one, and its methods by their numbers there.</summary>
sealed class NanosecondTree
{
    readonly ContextColumns columns;
    readonly int[] numbers;
    readonly double scale;
    readonly long[]? self;
    readonly long[]? cumulative;

    /// <param name="tree">The tree.</param>
    /// <param name="numbers">For each of its methods, the number in the merged profile.</param>
    /// <param name="scale">How many ticks of the merged profile one of the tree's is.</param>
    public NanosecondTree(CallTree tree, int[] numbers, double scale)
    {
        columns = tree.Columns;
        this.numbers = numbers;
        this.scale = scale;
        if (scale != 1)
            (self, cumulative) = Scaled();
    }

    public int Count => columns.Count;

    /// <summary>The number of a context's method; -1 for the root.</summary>
    public int MethodOf(int index) => columns.MethodOf(index) is >= 0 and var method ? numbers[method] : -1;

    /// <summary>The place of a context's method in <see cref="RanksOf"/>.</summary>
    public int IndexOf(int index) => columns.MethodOf(index);

    /// <summary>For each method of the tree, what there is for its number; -1 for one that is in no context, and has none.</summary>
    /// <param name="ranks">The order of the methods, by number.</param>
    public int[] RanksOf(int[] ranks) => [.. numbers.Select(number => number < 0 ? -1 : ranks[number])];

    /// <inheritdoc cref="ContextColumns.EndOf"/>
    public int EndOf(int index) => columns.EndOf(index);

    public ContextFigures FiguresOf(int index)
    {
        var figures = columns.FiguresOf(index);
        if (self is null)
            return figures;
        figures.SelfTicks = self[index];
        figures.CumulativeTicks = cumulative![index];
        // What is short must not become 0, which says that there is none.
        if (figures.SlowestTicks > 0)
            figures.SlowestTicks = Math.Max(1, Scale(figures.SlowestTicks));
        figures.Async.ElapsedTicks = Scale(figures.Async.ElapsedTicks);
        figures.Async.WaitingTicks = Scale(figures.Async.WaitingTicks);
        return figures;
    }

    long Scale(long ticks) => (long)Math.Round(ticks * scale);

    // Own times are rounded, and cumulative ones are their sums as before: what is not below a context (truncated calls, what was
    // open) is rounded apart.
    (long[] Self, long[] Cumulative) Scaled()
    {
        var own = new long[columns.Count];
        var sums = new long[columns.Count];
        for (var i = columns.Count - 1; i >= 0; i--)
        {
            own[i] = Scale(columns.SelfOf(i));
            sums[i] = own[i];
            var elsewhere = columns.CumulativeOf(i) - columns.SelfOf(i);
            for (var callee = i + 1; callee < columns.EndOf(i); callee = columns.EndOf(callee))
            {
                sums[i] += sums[callee];
                elsewhere -= columns.CumulativeOf(callee);
            }
            sums[i] += Scale(elsewhere);
        }
        return (own, sums);
    }
}
