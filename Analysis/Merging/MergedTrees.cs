namespace ProfilerWeaver;

/// <summary>Trees that are to become one. Their sum is in memory; when there is no more room it goes to disk, and another one begins.</summary>
/// <param name="methods">The methods by number.</param>
sealed class MergedTrees(MergedMethods methods) : IDisposable
{
    const int ManyFiles = 64;

    readonly SumTree sum = new();
    readonly List<Stream> files = [];

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => files.Count == 0 && sum.IsEmpty;

    /// <summary>About how many bytes are in memory.</summary>
    public long Bytes => sum.Bytes;

    /// <summary>Adds a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="scope">The method under which all is to lie; null: the root.</param>
    public void Add(NanosecondTree tree, int? scope) => sum.Add(tree, scope);

    /// <summary>Writes what is in memory to a file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Spill()
    {
        if (sum.IsEmpty)
            return;
        WriteFile(sink => sum.Visit(methods.Ranks(), sink));
        sum.Clear();
        if (files.Count < ManyFiles)
            return;
        var old = files.ToList();
        files.Clear();
        try
        {
            WriteFile(sink => RunMerge.Visit(old, methods.Ranks(), sink));
        }
        finally
        {
            old.ForEach(file => file.Dispose());
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
            sum.Visit(ranks, ranked);
            return;
        }
        Spill();
        RunMerge.Visit(files, ranks, ranked);
    }

    public void Dispose() => files.ForEach(file => file.Dispose());

    void WriteFile(Action<ContextSink> write)
    {
        files.Add(RunFile.Create());
        using var output = new RunWriter(files[^1]);
        write(output);
    }

    /// <summary>Numbers methods by their ranks.</summary>
    sealed class Ranked(ContextSink sink, int[] ranks) : ContextSink
    {
        public override void Enter(int method, in ContextFigures figures) => sink.Enter(method < 0 ? method : ranks[method], figures);

        public override void Leave() => sink.Leave();
    }
}
