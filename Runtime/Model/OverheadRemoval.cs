namespace ProfilerWeaver;

/// <summary>Takes what recording added off the times of the contexts on a path: it is told of each when it is entered, and
/// has its times when it is left and its callees are known.</summary>
sealed class OverheadRemoval(RecordingOverhead overhead)
{
    // For each context that was entered and not left yet; and one before, for a root's caller.
    Level[] path = new Level[64];
    int depth;

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
        var measured = level.Raw.SelfTicks - level.TicksInCaller - level.Raw.FoldedCalls * overhead.CallTicks;
        var self = Compensation.Own(measured, calls, overhead);
        // What is neither its own nor a callee's in the tree: folded calls, or all callees in a flat recording. Negative
        // if callees have ended and it has not.
        var elsewhere = level.Raw.CumulativeTicks - level.Raw.SelfTicks - level.RawTicks;
        figures.SelfTicks = self;
        if (!level.IsRoot)
            figures.CumulativeTicks = Math.Max(self, self + level.Ticks + elsewhere);

        ref var caller = ref path[--depth];
        caller.TicksInCaller += Math.Max(0, calls * overhead.CallTicks - Math.Max(0, measured - self));
        caller.RawTicks += level.Raw.CumulativeTicks;
        caller.Ticks += figures.CumulativeTicks;
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
