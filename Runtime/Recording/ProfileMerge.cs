namespace ProfilerWeaver;

/// <summary>Puts the recordings of one profile together.</summary>
static class ProfileMerge
{
    /// <summary>One profile with the threads of all parts, one after the other. They must have been measured with the
    /// same clock; the calibration of the last part, which had the longest base, holds for all.</summary>
    public static ProfileData Combine(IReadOnlyList<ProfileData> parts)
    {
        if (parts.Count == 0)
            return new() { Methods = [], Threads = [], SecondsPerTick = 1, Program = ThisProcess.Name };
        if (parts.Count == 1)
            return parts[0];

        var last = parts[parts.Count - 1];
        var methods = new List<MethodLabel>();
        var threads = new List<ThreadTree>();
        var duration = TimeSpan.Zero;
        int? interrupted = null;
        foreach (var part in parts)
        {
            foreach (var thread in part.Threads)
                {
                threads.Add(new(threads.Count + 1, thread.Name, Shift(thread.Root, methods.Count))
                {
                    Folded = thread.Folded is null ? null : Shift(thread.Folded, methods.Count),
                });
            }
            methods.AddRange(part.Methods);
            duration += part.Duration;
            if (part.InterruptedCalls is { } calls)
                interrupted = (interrupted ?? 0) + calls;
        }
        return last with
        {
            Methods = methods,
            Threads = threads,
            StartedUtc = parts[0].StartedUtc,
            Duration = duration,
            InterruptedCalls = interrupted,
        };
    }

    // A copy whose method indices are those of the combined list. No recursion: a tree can be very deep.
    static CallNode Shift(CallNode root, int offset)
    {
        var result = new List<CallNode>();
        var pending = new Stack<(CallNode Node, List<CallNode> Into)>();
        pending.Push((root, result));
        while (pending.Count > 0)
        {
            var (node, into) = pending.Pop();
            var children = new List<CallNode>(node.Children.Count);
            into.Add(node with
            {
                Method = node.Method < 0 ? node.Method : node.Method + offset,
                Children = children,
            });
            for (var i = node.Children.Count - 1; i >= 0; i--)
                pending.Push((node.Children[i], children));
        }
        return result[0];
    }
}
