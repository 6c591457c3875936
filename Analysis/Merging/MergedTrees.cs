namespace ProfilerWeaver;

/// <summary>Trees that are to become one. Their sum is in memory; when there is no more room it goes to disk, and another one begins. Several
/// threads add trees at once, each to a sum of its own.</summary>
/// <param name="methods">The methods by number.</param>
/// <param name="mostBytes">How many bytes a sum may take in memory.</param>
sealed class MergedTrees(MergedMethods methods, long mostBytes) : IDisposable
{
    const int ManyFiles = 64;

    // Those that no thread adds to; also the lock of both.
    readonly Stack<SumTree> sums = new();
    readonly List<Stream> files = [];

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => files.Count == 0 && sums.All(sum => sum.IsEmpty);

    /// <summary>A sum to which the trees of one profile are added.</summary>
    public SumTree Take()
    {
        lock (sums)
            return sums.Count > 0 ? sums.Pop() : new();
    }

    /// <summary>Takes a sum back.</summary>
    /// <exception cref="IOException">It takes too much memory, and cannot be written to a file.</exception>
    public void PutBack(SumTree sum)
    {
        if (sum.Bytes > mostBytes)
            Spill(sum);
        lock (sums)
            sums.Push(sum);
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
        foreach (var sum in sums)
            Spill(sum);
        RunMerge.Visit(files, ranks, ranked);
    }

    public void Dispose() => files.ForEach(file => file.Dispose());

    // Of all sums, in the first of them.
    SumTree Sum()
    {
        var sum = sums.Pop();
        while (sums.Count > 0)
            sum.Add(sums.Pop());
        sums.Push(sum);
        return sum;
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
        Stream[] many;
        lock (sums)
        {
            files.Add(file);
            if (files.Count < ManyFiles)
                return;
            many = [.. files];
            files.Clear();
        }
        try
        {
            Keep(Written(sink => RunMerge.Visit(many, methods.Ranks(), sink)));
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
