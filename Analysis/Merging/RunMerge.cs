namespace ProfilerWeaver;

/// <summary>Merges trees that are on disk; what is in memory of each is one context, whatever its size.</summary>
sealed class RunMerge
{
    readonly RunReader[] runs;
    readonly int[] ranks;
    readonly ContextSink sink;

    // For each context on the current path the runs that have it, one after the other in a list.
    readonly List<int> members = [];
    readonly Stack<int> path = new();

    RunMerge(RunReader[] runs, int[] ranks, ContextSink sink)
    {
        this.runs = runs;
        this.ranks = ranks;
        this.sink = sink;
    }

    /// <summary>Shows the merged tree to a sink, with the methods by number.</summary>
    /// <param name="files">Files that <see cref="RunWriter"/> has written.</param>
    /// <param name="ranks">The order of the methods, by number.</param>
    /// <param name="sink">Who is shown it.</param>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static void Visit(IReadOnlyList<Stream> files, int[] ranks, ContextSink sink)
    {
        var runs = new RunReader[files.Count];
        try
        {
            for (var i = 0; i < runs.Length; i++)
                runs[i] = new(files[i]);
            new RunMerge(runs, ranks, sink).Visit();
        }
        finally
        {
            foreach (var run in runs)
                run?.Dispose();
        }
    }

    void Visit()
    {
        for (var i = 0; i < runs.Length; i++)
            members.Add(i);
        path.Push(0);
        EnterMembersFrom(0);
        while (path.Count > 0)
        {
            // Its members have gone on to its first callee, or to what comes after it.
            var start = path.Peek();
            var end = members.Count;
            var least = int.MaxValue;
            for (var i = start; i < end; i++)
            {
                if (IsCallee(members[i]))
                    least = Math.Min(least, ranks[runs[members[i]].Method]);
            }
            if (least == int.MaxValue)
            {
                members.RemoveRange(start, end - start);
                path.Pop();
                sink.Leave();
                continue;
            }
            for (var i = start; i < end; i++)
            {
                if (IsCallee(members[i]) && ranks[runs[members[i]].Method] == least)
                    members.Add(members[i]);
            }
            path.Push(end);
            EnterMembersFrom(end);
        }

        // Of the context that was entered last.
        bool IsCallee(int run) => runs[run].Depth == path.Count;
    }

    void EnterMembersFrom(int start)
    {
        var sum = new ContextSum();
        for (var i = start; i < members.Count; i++)
            sum.Add(runs[members[i]].Figures);
        sink.Enter(runs[members[start]].Method, sum.ToFigures());
        for (var i = start; i < members.Count; i++)
            runs[members[i]].Next();
    }
}
