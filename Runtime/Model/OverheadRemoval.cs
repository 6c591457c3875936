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

    public void Enter(int method, in ContextFigures figures)
    {
        if (++depth == path.Length)
            Array.Resize(ref path, depth * 2);
        path[depth] = new() { IsRoot = method < 0, Raw = figures };
    }

    /// <summary>Leaves the context that was entered last.</summary>
    /// <param name="figures">Takes its times.</param>
    public void Leave(ref ContextFigures figures)
    {
        ref var level = ref path[depth];
        var calls = level.Raw.Calls + level.Raw.Resumes;
        var measured = level.Raw.SelfTicks - level.TicksInCaller - level.Raw.TruncatedCalls * overhead.CallTicks;
        var self = Own(measured, calls, overhead);
        // What is neither its own nor a callee's in the tree: truncated calls, or all callees in a flat recording. Negative
        // if callees have ended and it has not.
        var elsewhere = level.Raw.CumulativeTicks - level.Raw.SelfTicks - level.RawTicks;
        figures.SelfTicks = self;
        if (!level.IsRoot)
            figures.CumulativeTicks = overhead.IsSampled ? self + level.Ticks + elsewhere : Math.Max(self, self + level.Ticks + elsewhere);

        if (!level.Raw.Async.IsEmpty)
            figures.Async = level.Raw.Async.Without(level.Raw.CumulativeTicks - figures.CumulativeTicks);

        if (figures.SlowestTicks > 0 && calls > 0)
            figures.SlowestTicks = Slowest(level.Raw, figures, Math.Max(0, measured - self), calls);

        ref var caller = ref path[--depth];
        var inCaller = Math.Max(0, calls * overhead.CallTicks - Math.Max(0, measured - self));
        if (level.Raw.Async.ResumesElsewhere > 0)
            inCaller *= 1 - Math.Min(1, level.Raw.Async.ResumesElsewhere / (double)calls);
        caller.TicksInCaller += inCaller;
        caller.RawTicks += level.Raw.CumulativeTicks;
        caller.Ticks += figures.CumulativeTicks;
    }

    // Each call had its share of what was added in the method itself; what was added in callees is where the time went.
    static long Slowest(in ContextFigures raw, in ContextFigures left, double addedHere, long calls)
    {
        var measured = Math.Max(raw.CumulativeTicks, raw.Async.ElapsedTicks);
        var rest = Math.Max(left.CumulativeTicks, left.Async.ElapsedTicks);
        var inCallees = Math.Max(0, measured - rest - addedHere);
        var share = measured > 0 ? Math.Min(1, raw.SlowestTicks / (double)measured) : 0;
        var slowest = raw.SlowestTicks - addedHere / calls - inCallees * share;
        // Neither more than all calls took nor less than one of them, if it was not: what an async callee does later counts in its
        // caller, which may have returned, and not in who completes what is awaited.
        if (raw.SlowestTicks <= measured)
            slowest = Math.Min(slowest, rest);
        if (raw.SlowestTicks >= measured / (double)calls)
            slowest = Math.Max(slowest, rest / (double)calls);
        return (long)Math.Max(1, slowest);
    }

    struct Level
    {
        public bool IsRoot;
        public ContextFigures Raw;

        /// <summary>What recording its callees added to its time.</summary>
        public double TicksInCaller;

        /// <summary>The cumulative times of its callees, as they were measured.</summary>
        public long RawTicks;

        /// <summary>The cumulative times of its callees, with what recording added taken off.</summary>
        public long Ticks;
    }
}
