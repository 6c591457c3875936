namespace ProfilerWeaver;

/// <summary>A line of a printed call tree: a context, or what is missing in its place.</summary>
readonly record struct ContextLine(int Depth, CallContext? Context, string Missing = "");

/// <summary>Chooses and orders the contexts of a call tree for printing.</summary>
sealed class ContextLines
{
    readonly TreeOptions options;
    readonly Func<CallContext, double> weight;
    readonly double smallest;
    readonly List<ContextLine> lines = [];

    ContextLines(IReadOnlyList<CallContext> roots, TreeOptions options, bool hasTimes)
    {
        this.options = options;
        weight = hasTimes ? context => context.CumulativeTime : context => context.Calls;
        foreach (var root in roots)
            smallest += weight(root) * options.MinimumShare;
    }

    public static IReadOnlyList<ContextLine> Of(IReadOnlyList<CallContext> roots, TreeOptions options, bool hasTimes)
    {
        var chosen = new ContextLines(roots, options, hasTimes);
        chosen.Add(roots);
        return chosen.lines;
    }

    void Add(IReadOnlyList<CallContext> roots)
    {
        // No recursion: a tree can be very deep.
        var pending = new Stack<ContextLine>();
        PushAll(roots, 0, pending);
        while (pending.Count > 0)
        {
            var line = pending.Pop();
            lines.Add(line);
            if (line.Context is { } context && (options.Depth is null || line.Depth + 1 < options.Depth))
                PushCallees(context, line.Depth + 1, pending);
        }
    }

    void PushCallees(CallContext context, int depth, Stack<ContextLine> pending)
    {
        if (context.TruncatedCalls > 0)
            pending.Push(new(depth, null, $"... and {context.TruncatedCalls} calls for which the tree had no room"));
        PushAll(context.Callees, depth, pending);
    }

    void PushAll(IReadOnlyList<CallContext> contexts, int depth, Stack<ContextLine> pending)
    {
        var shown = new List<CallContext>();
        foreach (var context in contexts)
        {
            if (weight(context) >= smallest)
                shown.Add(context);
        }
        var sorted = SortOrder.Sort(shown, context => context.Label, context => context.Figures, [options.Order]);
        var count = Math.Min(options.Limit ?? sorted.Length, sorted.Length);
        if (count < contexts.Count)
            pending.Push(new(depth, null, $"... and {contexts.Count - count} more"));
        for (var i = count - 1; i >= 0; i--)
            pending.Push(new(depth, sorted[i]));
    }
}
