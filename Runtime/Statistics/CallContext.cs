namespace ProfilerWeaver;

/// <summary>A method together with the chain of callers that leads to it, in the call tree of <see cref="Stats"/>.</summary>
public sealed class CallContext
{
    readonly List<CallContext> callees = [];

    internal CallContext(MethodLabel label, CallContext? caller)
    {
        Label = label;
        Caller = caller;
        Depth = caller is null ? 0 : caller.Depth + 1;
        caller?.callees.Add(this);
    }

    /// <summary>The method.</summary>
    public MethodLabel Label { get; }

    /// <summary>The full name of the method, without file and line.</summary>
    public string Name => Label.Name;

    /// <summary>The context this one was entered from; null if that was outside all recorded methods.</summary>
    public CallContext? Caller { get; }

    /// <summary>The number of callers up to the outermost one.</summary>
    public int Depth { get; }

    /// <summary>The figures of exactly the calls made through this chain of callers.</summary>
    public Figures Figures { get; internal set; }

    /// <summary>How many calls from this context have no context of their own, because the tree had no room; the methods'
    /// rows include them.</summary>
    public long FoldedCalls { get; internal set; }

    /// <summary>How often the method was called in this context.</summary>
    public long Calls => Figures.Calls;

    /// <inheritdoc cref="Figures.Resumes"/>
    public long Resumes => Figures.Resumes;

    /// <summary>Time spent in the method itself, without its callees, in seconds.</summary>
    public double TotalTime => Figures.TotalTime;

    /// <summary>Time from entry to exit, including callees, in seconds.</summary>
    public double CumulativeTime => Figures.CumulativeTime;

    /// <summary>The contexts entered from this one, in the order of their first call.</summary>
    public IReadOnlyList<CallContext> Callees => callees;

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
            for (var i = context.callees.Count - 1; i >= 0; i--)
                pending.Push(context.callees[i]);
        }
    }

    /// <summary>The names from the outermost caller to this method.</summary>
    public override string ToString()
    {
        var names = new string[Depth + 1];
        for (var context = this; context is not null; context = context.Caller)
            names[context.Depth] = context.Name;
        return string.Join(" > ", names);
    }
}
