namespace ProfilerWeaver;

/// <summary>
/// One calling context: a method together with the chain of callers that leads to it. Its figures cover exactly the
/// calls made through that chain.
/// </summary>
public sealed record CallNode
{
    /// <summary>The index of the method in <see cref="ProfileData.Methods"/>; -1 for the root of a thread.</summary>
    public int Method { get; init; }

    /// <summary>How often the method was called in this context. A resume of an async method or iterator is not a
    /// call.</summary>
    public long Calls { get; init; }

    /// <summary>How many of the <see cref="Calls"/> were made while this context was already active. In a full tree every
    /// nested call has its own context, so this is 0; in a flat recording it may not be.</summary>
    public long RecursiveCalls { get; init; }

    /// <summary>How often a suspended async method or iterator was resumed in this context.</summary>
    public long Resumes { get; init; }

    /// <summary>Time in the method itself, in ticks of the profile's clock; negative only if that clock ran
    /// backwards.</summary>
    public long SelfTicks { get; init; }

    /// <summary>Time from entry to exit, including callees, in ticks of the profile's clock.</summary>
    public long CumulativeTicks { get; init; }

    /// <summary>How many calls from this context are missing from <see cref="Children"/> because the tree had no room:
    /// they, and their callees, are in <see cref="ThreadTree.Folded"/>.</summary>
    public long FoldedCalls { get; init; }

    /// <summary>The contexts entered from this one, in the order of their first call.</summary>
    public IReadOnlyList<CallNode> Children { get; init; } = [];
}
