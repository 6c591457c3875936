namespace ProfilerWeaver;

/// <summary>A method together with the chain of callers that leads to it, in the call tree of <see cref="Stats"/>.</summary>
/// <remarks>A view into columns: two are equal if they look at the same context of the same tree.</remarks>
public sealed class CallContext : IEquatable<CallContext>
{
    readonly ContextTree tree;

    CallContext(ContextTree tree, int index, CallContext? caller)
    {
        this.tree = tree;
        Index = index;
        Caller = caller;
        Depth = caller is null ? 0 : caller.Depth + 1;
    }

    /// <summary>The method.</summary>
    public MethodLabel Label => tree.LabelOf(Index);

    /// <summary>The full name of the method, without file and line.</summary>
    public string Name => Label.Name;

    /// <summary>The context this one was entered from; null if that was outside all recorded methods.</summary>
    public CallContext? Caller { get; }

    /// <summary>The number of callers up to the outermost one.</summary>
    public int Depth { get; }

    /// <summary>The figures of exactly the calls made through this chain of callers.</summary>
    public Figures Figures => tree.FiguresOf(Index);

    /// <summary>How many calls from this context have no context of their own, because the tree had no room; the methods'
    /// rows include them.</summary>
    public long TruncatedCalls => tree.TruncatedCallsOf(Index);

    /// <summary>How often the method was called in this context.</summary>
    public long Calls => Figures.Calls;

    /// <inheritdoc cref="Figures.Resumes"/>
    public long Resumes => Figures.Resumes;

    /// <summary>Time spent in the method itself, without its callees, in seconds.</summary>
    public double TotalTime => Figures.TotalTime;

    /// <summary>Time from entry to exit, including callees, in seconds.</summary>
    public double CumulativeTime => Figures.CumulativeTime;

    /// <summary>The contexts entered from this one, in the order of their first call.</summary>
    public IReadOnlyList<CallContext> Callees => Of(tree, this);

    internal int Index { get; }

    /// <summary>The contexts that were entered from outside every recorded method, in the order of their first
    /// call.</summary>
    internal static IReadOnlyList<CallContext> RootsOf(ContextTree tree) => Of(tree, null);

    /// <summary>This context and all contexts below it, each before its callees.</summary>
    public IEnumerable<CallContext> SelfAndDescendants()
    {
        // No recursion: a tree can be very deep.
        var pending = new Stack<CallContext>();
        pending.Push(this);
        while (pending.Count > 0)
        {
            var context = pending.Pop();
            yield return context;
            var callees = context.Callees;
            for (var i = callees.Count - 1; i >= 0; i--)
                pending.Push(callees[i]);
        }
    }

    static List<CallContext> Of(ContextTree tree, CallContext? caller)
    {
        var contexts = new List<CallContext>();
        for (var index = tree.FirstCallee(caller?.Index ?? ContextTree.None); index != ContextTree.None; index = tree.NextSibling(index))
            contexts.Add(new(tree, index, caller));
        return contexts;
    }

    /// <summary>The names from the outermost caller to this method.</summary>
    public override string ToString()
    {
        var names = new string[Depth + 1];
        for (var context = this; context is not null; context = context.Caller)
            names[context.Depth] = context.Name;
        return string.Join(" > ", names);
    }

    /// <inheritdoc/>
    public bool Equals(CallContext? other) => other is not null && tree == other.tree && Index == other.Index;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as CallContext);

    /// <inheritdoc/>
    public override int GetHashCode() => Index;
}
