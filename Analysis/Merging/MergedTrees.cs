namespace ProfilerWeaver;

/// <summary>Trees that are to become one. Several threads add trees at once, each to a sum of its own, as long as there is room in memory; then
/// the sums become one, to which one thread adds at a time. When that takes too much, it goes to disk, and another one begins.</summary>
/// <param name="methods">The methods by number.</param>
/// <param name="mostBytes">How many bytes all sums may take in memory.</param>
sealed class MergedTrees(MergedMethods methods, long mostBytes) : IDisposable
{
    const int ManyFiles = 64;

    readonly List<SumTree> sums = [];

    // Those that no thread adds to; also the lock.
    readonly Stack<SumTree> idle = new();
    readonly List<Stream> files = [];
    bool isOne;

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => files.Count == 0 && sums.All(sum => sum.IsEmpty);

    /// <summary>A sum to which the trees of one profile are added. It must be put back, for others may wait for it.</summary>
    public SumTree Take()
    {
        lock (idle)
        {
            // Until all are back, and one.
            while (isOne && (sums.Count > 1 || idle.Count == 0))
                Monitor.Wait(idle);
            if (idle.Count == 0)
            {
                idle.Push(new());
                sums.Add(idle.Peek());
            }
            return idle.Pop();
        }
    }

    /// <summary>Takes a sum back.</summary>
    /// <exception cref="IOException">It takes too much memory, and cannot be written to a file.</exception>
    public void PutBack(SumTree sum)
    {
        lock (idle)
        {
            idle.Push(sum);
            Monitor.PulseAll(idle);
            // Others may be growing meanwhile.
            isOne |= sums.Sum(one => one.Bytes) > mostBytes;
            if (!isOne || idle.Count < sums.Count)
                return;
            sum = Sum();
            if (sum.Bytes > mostBytes)
                Spill(sum);
        }
    }

    /// <summary>Shows the merged tree to a sink, with the methods by their ranks.</summary>
    /// <exception cref="IOException">There is no room on the disk, or a file cannot be read.</exception>
    public void Visit(ContextSink sink)
    {
        var ranks = methods.Ranks();
        var ranked = new Ranked(sink, ranks);
        if (IsEmpty)
        {
            // Of profiles without threads: nothing was called before they ended.
            ranked.Enter(-1, default);
            ranked.Leave();
            return;
        }
        if (files.Count == 0)
        {
            Sum().Visit(ranks, ranked);
            return;
        }
        sums.ForEach(Spill);
        RunMerge.Visit(files, ranks, ranked);
    }

    public void Dispose() => files.ForEach(file => file.Dispose());

    // Of all sums, in the first of them, which is then the only one. No thread adds to any.
    SumTree Sum()
    {
        foreach (var other in sums.Skip(1))
            sums[0].Add(other);
        sums.RemoveRange(1, sums.Count - 1);
        idle.Clear();
        idle.Push(sums[0]);
        return sums[0];
    }

    void Spill(SumTree sum)
    {
        if (sum.IsEmpty)
            return;
        Keep(Written(sink => sum.Visit(methods.Ranks(), sink)));
        sum.Clear();
    }

    void Keep(Stream file)
    {
        files.Add(file);
        if (files.Count < ManyFiles)
            return;
        var many = files.ToArray();
        files.Clear();
        try
        {
            files.Add(Written(sink => RunMerge.Visit(many, methods.Ranks(), sink)));
        }
        finally
        {
            Array.ForEach(many, part => part.Dispose());
        }
    }

    static Stream Written(Action<ContextSink> write)
    {
        var file = RunFile.Create();
        var isWritten = false;
        try
        {
            using (var output = new RunWriter(file))
                write(output);
            file.Flush();
            isWritten = true;
            return file;
        }
        catch (IOException e)
        {
            throw RunFile.Trouble(e);
        }
        finally
        {
            if (!isWritten)
                Abandon(file);
        }
    }

    static void Abandon(Stream file)
    {
        try
        {
            file.Dispose();
        }
        catch (IOException)
        {
            // What it had not written yet has no room either.
        }
    }

    /// <summary>Numbers methods by their ranks.</summary>
    sealed class Ranked(ContextSink sink, int[] ranks) : ContextSink
    {
        public override void Enter(int method, in ContextFigures figures) => sink.Enter(method < 0 ? method : ranks[method], figures);

        public override void Leave() => sink.Leave();
    }
}
