namespace ProfilerWeaver;

/// <summary>
/// Finds which caller changed what. Calls that changed as much as their caller's did follow it; those that changed otherwise are a
/// cause. So the fifteen queries of an N+1 are one cause, and all that a query calls follows.
/// </summary>
/// <remarks>It goes by callers, and not by contexts, because threads share work differently in every run.</remarks>
sealed class GraphCauses
{
    readonly IReadOnlyList<CallGraph> before;
    readonly IReadOnlyList<CallGraph> after;
    readonly MixShifts? shifts;
    readonly Dictionary<string, List<string>> followers = [];

    GraphCauses(IReadOnlyList<CallGraph> before, IReadOnlyList<CallGraph> after, MixShifts? shifts) =>
        (this.before, this.after, this.shifts) = (before, after, shifts);

    /// <summary>The causes, in no order.</summary>
    /// <param name="before">The runs before.</param>
    /// <param name="after">The runs now.</param>
    /// <param name="shifts">What is no cause; null: there are no call trees that would tell.</param>
    public static List<CallChange> Between(IReadOnlyList<CallGraph> before, IReadOnlyList<CallGraph> after, MixShifts? shifts = null) =>
        new GraphCauses(before, after, shifts).Find();

    List<CallChange> Find()
    {
        var changes = new List<CallChange>();
        CallGraph[] runs = [.. before, .. after];
        foreach (var method in runs.SelectMany(run => run.Names).Distinct())
        {
            foreach (var caller in runs.SelectMany(run => run.CallersOf(method).Keys).Distinct())
            {
                Compare(method, caller, Counts(run => run.CallersOf(method).GetValueOrDefault(caller)), Counts(run => run.CallsOf(caller)),
                    changes);
            }
            Compare(method, null, Counts(run => run.CallsFromOutside(method)), Counts(_ => 1), changes);
        }
        // Those that explain most choose first what follows them.
        changes.Sort((left, right) => Math.Abs(right.Weight).CompareTo(Math.Abs(left.Weight)) is not 0 and var byWeight
            ? byWeight
            : string.CompareOrdinal(left.Method, right.Method));
        var owned = changes.Select(change => change.Method).ToHashSet();
        foreach (var change in changes)
            Collect(change, owned);
        return changes;
    }

    void Compare(string method, string? caller, (RunCounts Before, RunCounts After) calls, (RunCounts Before, RunCounts After) ofCaller,
        List<CallChange> changes)
    {
        if (!calls.After.DiffersFrom(calls.Before))
            return;
        if (caller is not null && (ofCaller.Before.Median == 0 || ofCaller.After.Median == 0
            || CallRatio.AreEqual(calls.Before.Median, ofCaller.Before.Median, calls.After.Median, ofCaller.After.Median)
            || shifts?.Explain(caller, method) == true))
        {
            if (!followers.TryGetValue(caller, out var own))
                followers[caller] = own = [];
            own.Add(method);
            return;
        }
        changes.Add(new(method, caller, calls.Before, calls.After, ofCaller.Before, ofCaller.After));
    }

    void Collect(CallChange change, HashSet<string> owned)
    {
        var pending = new Queue<string>([change.Method]);
        while (pending.TryDequeue(out var caller))
        {
            foreach (var method in followers.GetValueOrDefault(caller, []))
            {
                if (!owned.Add(method))
                    continue;
                var (callsBefore, callsAfter) = Counts(run => run.CallsOf(method));
                change.AddFollower(method, callsBefore.Median, callsAfter.Median);
                pending.Enqueue(method);
            }
        }
    }

    (RunCounts Before, RunCounts After) Counts(Func<CallGraph, long> count) => (CountsOf(before, count), CountsOf(after, count));

    static RunCounts CountsOf(IReadOnlyList<CallGraph> runs, Func<CallGraph, long> count)
    {
        Span<long> counts = runs.Count <= 64 ? stackalloc long[runs.Count] : new long[runs.Count];
        for (var run = 0; run < runs.Count; run++)
            counts[run] = count(runs[run]);
        return RunCounts.Of(counts);
    }
}
