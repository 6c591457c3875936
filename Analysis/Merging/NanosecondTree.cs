namespace ProfilerWeaver;

/// <summary>A tree of a profile that is merged: its times in the ticks of the merged one, and its methods by their numbers there.</summary>
/// <param name="tree">The tree.</param>
/// <param name="numbers">The numbers of its methods in the merged profile.</param>
/// <param name="scale">How many ticks of the merged profile one of the tree's is.</param>
/// <param name="profile">The number of the profile, which its threads share; 0 for one that was merged.</param>
sealed class NanosecondTree(CallTree tree, MethodNumbers numbers, double scale, int profile)
{
    public ContextColumns Columns { get; } = tree.Columns;

    public int Profile => profile;

    /// <summary>The number of a context's method; -1 for the root.</summary>
    public int MethodOf(int context) => Columns.MethodOf(context) is >= 0 and var method ? numbers.Of(method) : -1;

    /// <summary>Of a profile that was merged, how many have a context, and how often they call it.</summary>
    public Occurrence OccurrenceOf(int context) =>
        Columns.OccurrenceOf(context) is { Profiles: > 0 } known ? known : new(1, Columns.CallsOf(context), Columns.CallsOf(context));

    public long SlowestOf(int context)
    {
        // What is short must not become 0, which says that there is none.
        var ticks = Columns.SlowestOf(context);
        return ticks > 0 ? Math.Max(1, Scale(ticks)) : ticks;
    }

    /// <summary>What a context has besides calls, times and the slowest call.</summary>
    public ContextFigures OthersOf(int context)
    {
        var figures = Columns.FiguresOf(context);
        figures.Calls = figures.SelfTicks = figures.CumulativeTicks = figures.SlowestTicks = 0;
        figures.Async.ElapsedTicks = Scale(figures.Async.ElapsedTicks);
        figures.Async.WaitingTicks = Scale(figures.Async.WaitingTicks);
        return figures;
    }

    /// <summary>A time in the ticks of the merged profile.</summary>
    public long Scale(long ticks) => scale == 1 ? ticks : (long)Math.Round(ticks * scale);
}
