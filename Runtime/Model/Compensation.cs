namespace ProfilerWeaver;

/// <summary>
/// Takes what recording added (<see cref="RecordingOverhead"/>) off the times of a profile: of each call the part that
/// lies in the method itself, and the rest from its caller. The cumulative time of a context is then what is left to it
/// and to its callees. No time becomes negative.
/// </summary>
static class Compensation
{
    // A call that measures the least that can be measured took something between nothing and that; most are accessors
    // and the like.
    const double ShareOfLeast = 0.25;

    // What calls that take next to nothing measure varies a little; from Longer on a call took what it measures.
    const double Shortest = 1.12;
    const double Longer = 1.3;

    public static ProfileData Apply(ProfileData profile)
    {
        var threads = new ThreadTree[profile.Threads.Count];
        for (var i = 0; i < threads.Length; i++)
        {
            var thread = profile.Threads[i];
            threads[i] = thread with
            {
                Root = Compensate(thread.Root, profile.Overhead),
                Folded = thread.Folded is null ? null : CompensateFolded(thread.Folded, profile.Overhead),
            };
        }
        return profile with { Threads = threads, Overhead = RecordingOverhead.None };
    }

    static CallNode Compensate(CallNode root, RecordingOverhead overhead)
    {
        // For each level of the current path: what is known of the callees so far.
        var callees = new List<Callees> { new() };
        var walker = new CallTreeWalker(root);
        while (walker.MoveNext())
        {
            if (walker.IsEntering)
            {
                if (callees.Count == walker.Depth + 1)
                    callees.Add(new());
                callees[walker.Depth + 1].Begin(walker.Node.Children.Count);
                continue;
            }
            var node = walker.Node;
            var measured = node.SelfTicks - callees[walker.Depth + 1].TicksInCaller - node.FoldedCalls * overhead.CallTicks;
            var self = Own(measured, node.Calls + node.Resumes, overhead);
            var takenOff = Math.Max(0, measured - self);
            callees[walker.Depth].Add(node, WithSelf(node, self, callees[walker.Depth + 1]), takenOff, overhead);
        }
        return callees[0].Compensated[0];
    }

    static CallNode WithSelf(CallNode node, long self, Callees callees)
    {
        // What is neither its own nor a callee's in the tree: folded calls, or all callees in a flat recording. Negative
        // if callees have ended and it has not.
        var elsewhere = node.CumulativeTicks - node.SelfTicks - callees.RawTicks;
        return node with
        {
            SelfTicks = self,
            CumulativeTicks = node.Method < 0 ? node.CumulativeTicks : Math.Max(self, self + callees.Ticks + elsewhere),
            Children = callees.Compensated,
        };
    }

    /// <summary>What a method took itself, from what was measured without its callees' overhead.</summary>
    static long Own(double measured, long calls, RecordingOverhead overhead)
    {
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

    // Without a tree the callees' share of a cumulative time is not known; it shrinks as the method's own time does.
    static CallNode CompensateFolded(CallNode folded, RecordingOverhead overhead)
    {
        var madeBy = new Dictionary<int, long>();
        foreach (var method in folded.Children)
        {
            foreach (var caller in method.Children)
            {
                madeBy.TryGetValue(caller.Method, out var calls);
                madeBy[caller.Method] = calls + caller.Calls + caller.Resumes;
            }
        }
        var methods = new List<CallNode>();
        foreach (var method in folded.Children)
        {
            madeBy.TryGetValue(method.Method, out var made);
            var self = Own(method.SelfTicks - made * overhead.CallTicks, method.Calls + method.Resumes, overhead);
            var share = method.SelfTicks > 0 ? self / (double)method.SelfTicks : 1;
            var callers = new List<CallNode>();
            foreach (var caller in method.Children)
                callers.Add(Scaled(caller, share));
            methods.Add(Scaled(method, share) with { Children = callers });
        }
        return folded with { Children = methods };
    }

    static CallNode Scaled(CallNode node, double share) => node with
    {
        SelfTicks = (long)(node.SelfTicks * share),
        CumulativeTicks = (long)(node.CumulativeTicks * share),
    };

    /// <summary>The callees of a context.</summary>
    sealed class Callees
    {
        CallNode[] compensated = new CallNode[1];
        int count;

        public CallNode[] Compensated => compensated;

        /// <summary>What recording them added to their caller's time.</summary>
        public double TicksInCaller { get; private set; }

        public long RawTicks { get; private set; }

        public long Ticks { get; private set; }

        public void Begin(int children)
        {
            compensated = children == 0 ? [] : new CallNode[children];
            count = 0;
            TicksInCaller = RawTicks = Ticks = 0;
        }

        public void Add(CallNode raw, CallNode compensated, double takenOff, RecordingOverhead overhead)
        {
            this.compensated[count++] = compensated;
            TicksInCaller += Math.Max(0, (raw.Calls + raw.Resumes) * overhead.CallTicks - takenOff);
            RawTicks += raw.CumulativeTicks;
            Ticks += compensated.CumulativeTicks;
        }
    }
}
