using System.Globalization;

namespace ProfilerWeaver;

/// <summary>Trees that are to become one. Some are in memory, merged among themselves whenever there are several of a size, so that
/// a context is looked at as often as the number of trees has digits; when there is no more room they go to disk.</summary>
/// <param name="methods">The methods by number.</param>
/// <param name="folder">Where files may be made.</param>
sealed class MergedTrees(MergedMethods methods, Func<string> folder)
{
    // So many trees of a size are merged, and so many files.
    const int Several = 8;
    const int ManyFiles = 64;

    // With all its columns, which most have not.
    const int BytesOfContext = 60;

    readonly List<List<NanosecondTree>> bySize = [];
    readonly List<string> files = [];
    int filesMade;

    /// <summary>Whether there is nothing.</summary>
    public bool IsEmpty => files.Count == 0 && bySize.All(trees => trees.Count == 0);

    /// <summary>About how many bytes are in memory.</summary>
    public long Bytes { get; private set; }

    /// <summary>Adds the trees of one profile.</summary>
    /// <param name="threads">The tree of each thread.</param>
    /// <param name="isMerged">Whether it is a profile that was merged.</param>
    /// <param name="scope">The method under which all is to lie; null: the root.</param>
    public void Add(IReadOnlyList<NanosecondTree> threads, bool isMerged, int? scope)
    {
        // The order of its contexts is another one; that matters when it is merged with others, which puts them in order.
        if (scope is null && threads.Count == 1)
        {
            Keep(threads[0], level: 0);
            return;
        }
        var columns = new CallTreeColumns(threads.Max(tree => tree.Count) + 1);
        TreeMerge.Visit(threads, methods.Ranks(), isMerged, scope is { } number ? new BelowScope(columns, number) : columns);
        Keep(Ordered(columns), level: 0);
    }

    /// <summary>Writes what is in memory to a file.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    public void Spill()
    {
        var trees = bySize.SelectMany(level => level).ToList();
        if (trees.Count == 0)
            return;
        WriteFile(sink => TreeMerge.Visit(trees, methods.Ranks(), areProfiles: true, sink));
        bySize.Clear();
        Bytes = 0;
        if (files.Count < ManyFiles)
            return;
        var old = files.ToList();
        files.Clear();
        WriteFile(sink => RunMerge.Visit(old, methods.Ranks(), sink));
        old.ForEach(File.Delete);
    }

    /// <summary>Shows the merged tree to a sink, with the methods by their ranks.</summary>
    /// <exception cref="IOException">There is no room on the disk, or a file cannot be read.</exception>
    public void Visit(ContextSink sink)
    {
        var ranks = methods.Ranks();
        var ranked = new Ranked(sink, ranks);
        if (files.Count == 0)
        {
            TreeMerge.Visit([.. bySize.SelectMany(level => level)], ranks, areProfiles: true, ranked);
            return;
        }
        Spill();
        RunMerge.Visit(files, ranks, ranked);
    }

    NanosecondTree Ordered(CallTreeColumns columns) => new(columns.Build(), methods.Same(), scale: 1);

    void Keep(NanosecondTree tree, int level)
    {
        while (bySize.Count <= level)
            bySize.Add([]);
        var same = bySize[level];
        same.Add(tree);
        Bytes += (long)tree.Count * BytesOfContext;
        if (same.Count < Several)
            return;
        var columns = new CallTreeColumns(same.Max(part => part.Count));
        TreeMerge.Visit(same, methods.Ranks(), areProfiles: true, columns);
        Bytes -= same.Sum(part => (long)part.Count * BytesOfContext);
        same.Clear();
        Keep(Ordered(columns), level + 1);
    }

    void WriteFile(Action<ContextSink> write)
    {
        var path = Path.Combine(folder(), (filesMade++).ToString(CultureInfo.InvariantCulture));
        using (var output = new RunWriter(path))
            write(output);
        files.Add(path);
    }

    /// <summary>Puts a scope between the root and all else.</summary>
    sealed class BelowScope(ContextSink sink, int scope) : ContextSink
    {
        int depth;

        public override void Enter(int method, in ContextFigures figures)
        {
            sink.Enter(method, figures);
            if (depth++ > 0)
                return;
            // As if each of the profiles had been labelled before they were merged.
            var profiles = Math.Max(1, figures.Occurrence.Profiles);
            sink.Enter(scope, figures with
            {
                Calls = profiles,
                SelfTicks = 0,
                CumulativeTicks = figures.CumulativeTicks - figures.SelfTicks,
                Occurrence = profiles > 1 ? new(profiles, 1, 1) : default,
            });
        }

        public override void Leave()
        {
            sink.Leave();
            if (--depth == 0)
                sink.Leave();
        }
    }

    /// <summary>Numbers methods by their ranks.</summary>
    sealed class Ranked(ContextSink sink, int[] ranks) : ContextSink
    {
        public override void Enter(int method, in ContextFigures figures) => sink.Enter(method < 0 ? method : ranks[method], figures);

        public override void Leave() => sink.Leave();
    }
}
