namespace ProfilerWeaver;

/// <summary>Contexts that have no place of their own in a tree: one for each method, below one that says why.</summary>
/// <param name="reason">The method of that one.</param>
sealed class MergedContexts(int reason)
{
    readonly Dictionary<int, int> places = [];
    readonly List<(int Method, ContextFigures Figures)> contexts = [];

    public void Add(int method, in ContextFigures figures)
    {
        if (!places.TryGetValue(method, out var place))
        {
            places[method] = place = contexts.Count;
            contexts.Add((method, default));
        }
        var sum = contexts[place].Figures;
        sum.Add(figures);
        contexts[place] = (method, sum);
    }

    /// <summary>The figures of each method.</summary>
    public IEnumerable<ContextFigures> Figures => contexts.Select(context => context.Figures);

    /// <summary>Shows them to a sink: the one that says why, which has the figures of those that have no context of their own, and
    /// the others below it.</summary>
    /// <param name="sink">Takes them.</param>
    /// <param name="isShown">Which methods have one; null: all.</param>
    public void Visit(ContextSink sink, Func<ContextFigures, bool>? isShown = null)
    {
        var all = new ContextFigures();
        var rest = new ContextFigures();
        foreach (var (_, figures) in contexts)
        {
            all.Add(figures);
            if (isShown?.Invoke(figures) == false)
                rest.Add(figures);
        }
        rest = Alone(rest);
        rest.CumulativeTicks = all.SelfTicks;
        sink.Enter(reason, rest);
        foreach (var (method, figures) in contexts)
        {
            if (isShown?.Invoke(figures) == false)
                continue;
            sink.Enter(method, Alone(figures));
            sink.Leave();
        }
        sink.Leave();
    }

    // What these called is beside them, and who was recursive is not known any longer.
    static ContextFigures Alone(ContextFigures figures)
    {
        figures.CumulativeTicks = figures.SelfTicks;
        figures.TruncatedCalls = 0;
        figures.RecursiveCalls = 0;
        return figures;
    }
}
