namespace ProfilerWeaver;

/// <summary>Takes what recording added off the times of the contexts on a path: it is told of each when it is entered, and
/// has its times when it is left and its callees are known.</summary>
sealed class OverheadRemoval(RecordingOverhead overhead)
{
    // A call that measures the least that can be measured took something between nothing and that; most are accessors
    // and the like.
    const double ShareOfLeast = 0.25;

    // What calls that take next to nothing measure varies a little; from Longer on a call took what it measures.
    const double Shortest = 1.12;
    const double Longer = 1.3;

    // For each context that was entered and not left yet; and one before, for a root's caller.
    Level[] path = new Level[64];
    int depth;

    /// <summary>What a method took itself, from what was measured without its callees' overhead.</summary>
    public static long Own(double measured, long calls, RecordingOverhead overhead)
    {
        // Counting takes the same time whatever the method does. Where there are few samples it may be more than they say:
        // cut off here, the sum over many contexts would be too long.
        if (overhead.IsSampled)
            return (long)(measured - calls * overhead.LeastTicks);
        if (measured <= 0 || calls == 0)
            return (long)Math.Max(measured, 0);
        var aCall = measured / calls;
        var least = overhead.LeastTicks;
        // Of a call that is clearly longer than the least, nothing was added; in between the line goes through both ends.
        if (aCall >= Longer * least)
            return (long)measured;
        var own = aCall <= Shortest * least
            ? aCall * ShareOfLeast
            : least * (Shortest * ShareOfLeast + (aCall / least - Shortest) * (Longer - Shortest * ShareOfLeast) / (Longer - Shortest));
        return (long)(own * calls);
    }

    /// <summary>Enters a context.</summary>
    /// <param name="method">Its method.</param>
    public void Enter(int method)
    {
        if (++depth == path.Length)
            Array.Resize(ref path, depth * 2);
        path[depth] = new() { IsRoot = method < 0 };
    }

    /// <summary>Leaves the context that was entered last.</summary>
    /// <param name="figures">What was measured; takes its times without what recording added.</param>
    public void Leave(ref ContextFigures figures)
    {
        ref var level = ref path[depth];
        var (rawSelf, rawCumulative) = (figures.SelfTicks, figures.CumulativeTicks);
        var calls = figures.Calls + figures.Resumes;
        var measured = rawSelf - level.TicksInCaller - figures.TruncatedCalls * overhead.CallTicks;
        var self = Own(measured, calls, overhead);
        // What is neither its own nor a callee's in the tree: truncated calls, or all callees in a flat recording. Negative
        // if callees have ended and it has not.
        var elsewhere = rawCumulative - rawSelf - level.RawTicks;
        figures.SelfTicks = self;
        if (!level.IsRoot)
            figures.CumulativeTicks = overhead.IsSampled ? self + level.Ticks + elsewhere : Math.Max(self, self + level.Ticks + elsewhere);

        var rawElapsed = figures.Async.ElapsedTicks;
        if (!figures.Async.IsEmpty)
            figures.Async = figures.Async.Without(rawCumulative - figures.CumulativeTicks);

        if (figures.SlowestTicks > 0 && calls > 0)
            figures.SlowestTicks = Slowest(Math.Max(rawCumulative, rawElapsed), figures, Math.Max(0, measured - self), calls);

        ref var caller = ref path[--depth];
        var inCaller = Math.Max(0, calls * overhead.CallTicks - Math.Max(0, measured - self));
        if (figures.Async.ResumesElsewhere > 0)
            inCaller *= 1 - Math.Min(1, figures.Async.ResumesElsewhere / (double)calls);
        caller.TicksInCaller += inCaller;
        caller.RawTicks += rawCumulative;
        caller.Ticks += figures.CumulativeTicks;
    }

    // Each call had its share of what was added in the method itself; what was added in callees is where the time went.
    static long Slowest(long measured, in ContextFigures left, double addedHere, long calls)
    {
        var raw = left.SlowestTicks;
        var rest = Math.Max(left.CumulativeTicks, left.Async.ElapsedTicks);
        var inCallees = Math.Max(0, measured - rest - addedHere);
        var share = measured > 0 ? Math.Min(1, raw / (double)measured) : 0;
        var slowest = raw - addedHere / calls - inCallees * share;
        // Neither more than all calls took nor less than one of them, if it was not: what an async callee does later counts in its
        // caller, which may have returned, and not in who completes what is awaited.
        if (raw <= measured)
            slowest = Math.Min(slowest, rest);
        if (raw >= measured / (double)calls)
            slowest = Math.Max(slowest, rest / (double)calls);
        return (long)Math.Max(1, slowest);
    }

    struct Level
    {
        public bool IsRoot;

        /// <summary>What recording its callees added to its time.</summary>
        public double TicksInCaller;

        /// <summary>The cumulative times of its callees, as they were measured.</summary>
        public long RawTicks;

        /// <summary>The cumulative times of its callees, with what recording added taken off.</summary>
        public long Ticks;
    }
}
