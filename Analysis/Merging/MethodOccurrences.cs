using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

/// <summary>In how many of the profiles that are merged each method occurs. Its contexts do not tell: two of them may be in the same
/// profile or in different ones. Several threads may add some at once.</summary>
sealed class MethodOccurrences
{
    readonly List<Occurrence> known = [];

    // A merged file that does not say so leaves it unknown for all.
    bool isUnknown;

    /// <summary>Adds those of a profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="isMerged">Whether it was merged itself.</param>
    /// <param name="numbers">The numbers of its methods here, if they are called.</param>
    /// <param name="scope">The method below which all of it lies; null: none.</param>
    public void Add(ProfileData profile, bool isMerged, MethodNumbers numbers, int? scope)
    {
        if (isMerged && profile.MethodOccurrences is null)
        {
            lock (known)
                isUnknown = true;
            return;
        }
        var own = isMerged ? OfMerged(profile, numbers) : OfCalls(profile, numbers);
        if (scope is { } outermost)
        {
            // Each profile has it once more than it had it already.
            var profiles = Math.Max(1, profile.Threads[0].Tree.Columns.OccurrenceOf(0).Profiles);
            own.TryGetValue(outermost, out var inner);
            own[outermost] = new(profiles, 1 + (inner.Profiles == profiles ? inner.FewestCalls : 0), 1 + inner.MostCalls);
        }
        lock (known)
        {
            foreach (var (number, occurrence) in own)
                Add(number, occurrence);
        }
    }

    /// <summary>Those of all methods in the order of their ranks; null if they are not known.</summary>
    public IReadOnlyList<Occurrence>? Sorted(int[] ranks)
    {
        if (isUnknown)
            return null;
        var sorted = new Occurrence[ranks.Length];
        for (var number = 0; number < ranks.Length; number++)
            sorted[ranks[number]] = known[number];
        return sorted;
    }

    void Add(int number, in Occurrence occurrence)
    {
        while (known.Count <= number)
            known.Add(default);
        known[number] = known[number].And(occurrence);
    }

    static Dictionary<int, Occurrence> OfMerged(ProfileData profile, MethodNumbers numbers)
    {
        var own = new Dictionary<int, Occurrence>();
        for (var method = 0; method < numbers.Count; method++)
        {
            if (numbers.Known(method) is >= 0 and var number)
                own[number] = profile.MethodOccurrences![method];
        }
        return own;
    }

    static Dictionary<int, Occurrence> OfCalls(ProfileData profile, MethodNumbers numbers)
    {
        var calls = CallsOf(profile, numbers.Count);
        var own = new Dictionary<int, Occurrence>();
        for (var method = 0; method < numbers.Count; method++)
        {
            var number = numbers.Known(method);
            if (number < 0)
                continue;
            own.TryGetValue(number, out var same);
            own[number] = new(1, same.FewestCalls + calls[method], same.MostCalls + calls[method]);
        }
        return own;
    }

    // By method.
    [MethodImpl(HotLoop.Optimized)]
    static long[] CallsOf(ProfileData profile, int methods)
    {
        var calls = new long[methods];
        foreach (var thread in profile.Threads)
        {
            for (var context = 1; context < thread.Tree.Count; context++)
                calls[thread.Tree.Columns.MethodOf(context)] += thread.Tree.Columns.CallsOf(context);
            if (thread.Truncated is null)
                continue;
            foreach (var method in thread.Truncated.Root.Children)
                calls[method.Method] += method.Calls;
        }
        return calls;
    }
}
