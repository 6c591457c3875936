namespace ProfilerWeaver;

/// <summary>
/// Takes what recording added (<see cref="RecordingOverhead"/>) off the times of a profile: of each call the part that
/// lies in the method itself, and the rest from its caller. The cumulative time of a context is then what is left to it
/// and to its callees. No time becomes negative.
/// </summary>
public static class Compensation
{
    /// <summary>The profile with the recording overhead subtracted from its trees; the same object if there is nothing to
    /// subtract or <see cref="ProfileData.Compensate"/> is false.</summary>
    public static ProfileData Compensated(this ProfileData profile)
    {
        if (!profile.HasOverhead)
            return profile;
        var threads = new ThreadTree[profile.Threads.Count];
        for (var i = 0; i < threads.Length; i++)
        {
            var thread = profile.Threads[i];
            threads[i] = thread with
            {
                Tree = new Times(thread.Tree, profile.Overhead).Apply(),
                Truncated = thread.Truncated is null ? null : ApplyToTruncated(thread.Truncated, profile.Overhead),
            };
        }
        return profile with { Threads = threads, Overhead = RecordingOverhead.None };
    }

    /// <summary>What was taken off a method's own time: nothing of a negative one, which is set to 0.</summary>
    internal static long Taken(long measured, long left) => Math.Max(0, measured - left);

    /// <summary>Takes the overhead off calls that did not fit into a tree. Without one the callees' share of a cumulative
    /// time is not known; it shrinks as the method's own time does.</summary>
    internal static CallTree ApplyToTruncated(CallTree truncated, RecordingOverhead overhead)
    {
        var madeBy = new Dictionary<int, long>();
        foreach (var method in truncated.Root.Children)
        {
            foreach (var caller in method.Children)
            {
                madeBy.TryGetValue(caller.Method, out var calls);
                madeBy[caller.Method] = calls + caller.Calls + caller.Resumes;
            }
        }
        var self = new long[truncated.Count];
        var cumulative = new long[truncated.Count];
        var slowest = truncated.Columns.Slowest is not null ? new SlowestColumn(truncated.Count) : null;
        foreach (var method in truncated.Root.Children)
        {
            madeBy.TryGetValue(method.Method, out var made);
            var own = OverheadRemoval.Own(method.SelfTicks - made * overhead.CallTicks, method.Calls + method.Resumes, overhead);
            var share = method.SelfTicks > 0 ? own / (double)method.SelfTicks : 1;
            Scale(method, share);
            foreach (var caller in method.Children)
                Scale(caller, share);
        }
        return truncated.WithTimes(self, cumulative, slowest);

        void Scale(CallNode node, double share)
        {
            self[node.Index] = (long)(node.SelfTicks * share);
            cumulative[node.Index] = (long)(node.CumulativeTicks * share);
            if (slowest is not null)
                slowest[node.Index] = Math.Min(truncated.Columns.SlowestOf(node.Index), cumulative[node.Index]);
        }
    }

    /// <summary>Computes the times of a tree anew.</summary>
    sealed class Times(CallTree tree, RecordingOverhead overhead)
    {
        readonly ContextColumns columns = tree.Columns;
        readonly OverheadRemoval removal = new(overhead);
        readonly SlowestColumn? slowest = tree.Columns.Slowest is not null ? new(tree.Count) : null;

        // As ContextTimes wants them.
        readonly long[] self = new long[tree.Count + 1];
        readonly List<int> exceptions = [];
        readonly List<long> cumulativeOfExceptions = [];

        // The contexts that were entered and not left yet, and the own times of those below them.
        (int Context, long Below)[] path = new (int, long)[64];
        int depth;

        // Of the context that is left: what its times depend on.
        ContextFigures figures;

        public CallTree Apply()
        {
            for (var context = 0; context < columns.Count; context++)
            {
                while (depth > 0 && columns.EndOf(path[depth - 1].Context) <= context)
                    Leave();
                if (depth == path.Length)
                    Array.Resize(ref path, depth * 2);
                path[depth++] = (context, 0);
                removal.Enter(columns.MethodOf(context));
            }
            while (depth > 0)
                Leave();
            return new(columns.Compensated(ContextTimes.Of(self, exceptions, cumulativeOfExceptions), slowest));
        }

        void Leave()
        {
            var (context, below) = path[--depth];
            figures.Calls = columns.CallsOf(context);
            figures.Resumes = columns.ResumesOf(context);
            figures.SelfTicks = columns.SelfOf(context);
            figures.CumulativeTicks = columns.CumulativeOf(context);
            figures.TruncatedCalls = columns.TruncatedOf(context);
            figures.SlowestTicks = columns.SlowestOf(context);
            if (columns.Async is { } async)
                figures.Async = async.Of(context);
            removal.Leave(ref figures);
            self[context + 1] = figures.SelfTicks;
            below = unchecked(below + figures.SelfTicks);
            if (figures.CumulativeTicks != below)
            {
                exceptions.Add(context);
                cumulativeOfExceptions.Add(figures.CumulativeTicks);
            }
            if (slowest is not null)
                slowest[context] = figures.SlowestTicks;
            if (depth > 0)
                path[depth - 1].Below = unchecked(path[depth - 1].Below + below);
        }
    }
}
