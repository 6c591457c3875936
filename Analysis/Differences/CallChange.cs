namespace ProfilerWeaver;

/// <summary>A caller that calls a method more, or less, often than before, for each call of its own: the cause of a difference.</summary>
sealed class CallChange
{
    readonly Dictionary<string, (long Before, long After)> followers = [];

    /// <param name="method">What is called.</param>
    /// <param name="caller">Who calls it; null: it was called from outside all recorded methods.</param>
    /// <param name="before">The calls before.</param>
    /// <param name="after">The calls now.</param>
    /// <param name="callerBefore">The calls of the caller before.</param>
    /// <param name="callerAfter">The calls of the caller now.</param>
    public CallChange(string method, string? caller, RunCounts before, RunCounts after, RunCounts callerBefore, RunCounts callerAfter)
    {
        (Method, Caller) = (method, caller);
        (Before, After, CallerBefore, CallerAfter) = (before.Median, after.Median, callerBefore.Median, callerAfter.Median);
        IsStable = before.IsStable && after.IsStable && callerBefore.IsStable && callerAfter.IsStable;
        Weight = After - (double)Before * CallerAfter / CallerBefore;
    }

    /// <summary>What is called.</summary>
    public string Method { get; }

    /// <summary>Who calls it; null: it was called from outside all recorded methods.</summary>
    public string? Caller { get; }

    /// <summary>The calls of the method by the caller.</summary>
    public long Before { get; }

    /// <inheritdoc cref="Before"/>
    public long After { get; }

    /// <summary>The calls of the caller.</summary>
    public long CallerBefore { get; }

    /// <inheritdoc cref="CallerBefore"/>
    public long CallerAfter { get; }

    /// <summary>Whether the runs of each side agree on these counts.</summary>
    public bool IsStable { get; }

    /// <summary>How many calls more, or less, there are because of it: of the method, and of all that follows it.</summary>
    public double Weight { get; private set; }

    /// <summary>Methods below it whose calls changed, but not their number per call of their caller.</summary>
    public IReadOnlyDictionary<string, (long Before, long After)> Followers => followers;

    /// <summary>The calls per call of the caller, as text.</summary>
    public string RatioBefore => CallRatio.Text(Before, CallerBefore);

    /// <inheritdoc cref="RatioBefore"/>
    public string RatioAfter => CallRatio.Text(After, CallerAfter);

    /// <summary>Adds a method that changed because this did.</summary>
    public void AddFollower(string name, long before, long after)
    {
        followers[name] = (before, after);
        Weight += Math.Sign(Weight) * Math.Abs(after - before);
    }

    /// <summary>Takes off what has moved, and is no change.</summary>
    /// <param name="other">What it moved from, or to.</param>
    public void TakeOff(CallChange other) =>
        Weight = Math.Sign(Weight) * Math.Max(0, Math.Abs(Weight) - Math.Abs(other.Weight));

    /// <summary>The heaviest first; of equals, the one whose name comes first.</summary>
    public static IReadOnlyList<CallChange> Ranked(IEnumerable<CallChange> changes) =>
    [
        .. changes.OrderByDescending(change => Math.Abs(change.Weight))
            .ThenBy(change => change.Method, StringComparer.Ordinal)
            .ThenBy(change => change.Caller, StringComparer.Ordinal),
    ];
}
