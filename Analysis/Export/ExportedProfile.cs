namespace ProfilerWeaver;

/// <summary>What writers of formats are given.</summary>
sealed class ExportedProfile(Stats stats, ExportOptions options)
{
    const double NanosecondsPerSecond = 1e9;

    IReadOnlyList<ExportedThread>? threads;
    readonly List<MethodLabel> methods = [];
    IReadOnlyList<MethodStats>? rows;

    public Stats Stats => stats;

    public ExportOptions Options => options;

    /// <summary>What was profiled; empty if that is not known, or several programs were.</summary>
    public string Program => stats.OnlyRecording?.Program ?? "";

    /// <summary>Whether contexts or methods were put together because of <see cref="ExportOptions.MaxNodes"/> or
    /// <see cref="ExportOptions.MaxDepth"/>; known once it was written.</summary>
    public bool IsPruned { get; private set; }

    /// <summary>How many contexts there were before; known once it was written.</summary>
    public long Contexts { get; private set; }

    /// <summary>The metrics that the profile has.</summary>
    public IEnumerable<ExportMetric> Metrics => ExportMetric.All.Where(metric => !metric.IsTime || stats.Unit != ClockUnit.None);

    /// <summary>The label of each method of the trees. Two may be equal.</summary>
    public IReadOnlyList<MethodLabel> Methods => Threads.Count == 0 ? [] : methods;

    /// <summary>The threads of all recordings.</summary>
    /// <exception cref="InvalidOperationException">Some of the profiles have no call tree.</exception>
    /// <exception cref="InvalidProfileException">A call tree could not be read.</exception>
    public IReadOnlyList<ExportedThread> Threads => threads ??= Read();

    /// <summary>The rows of all methods, for formats without a tree. Methods beyond the limit are one.</summary>
    public IReadOnlyList<MethodStats> Rows => rows ??= ReadRows();

    /// <summary>What a method is called where there is no room for its file, or another field has it.</summary>
    public static string NameOf(MethodLabel label) => Printable.Text(NameLookup.BareName(label));

    /// <summary>The file of a method; null if it is not known.</summary>
    public static string? FileOf(MethodLabel label) => label.IsExternal || label.File.Length == 0 ? null : Printable.Text(label.File);

    List<ExportedThread> Read()
    {
        var result = new List<ExportedThread>();
        foreach (var recording in stats.Recordings())
        {
            var first = methods.Count;
            methods.AddRange(recording.Methods);
            var perTick = recording.SecondsPerTick;
            var unitsPerTick = recording.Unit == ClockUnit.Seconds ? perTick * NanosecondsPerSecond : perTick;
            foreach (var thread in recording.Compensated().Threads)
            {
                var tree = WithTruncated(thread.Tree.WithMethodsFrom(first), thread.Truncated?.WithMethodsFrom(first));
                result.Add(new(ThreadStats.NameOf(thread.Id, thread.Name), tree, perTick, unitsPerTick)
                {
                    HasOccurrences = recording.MethodOccurrences is not null,
                });
            }
        }
        Contexts = result.Sum(thread => (long)thread.Tree.Count - 1);
        var isTooDeep = options.MaxDepth is { } deepest && TreePruning.IsDeeper(result, deepest);
        if (!isTooDeep && !(Contexts > options.MaxNodes))
            return result;
        IsPruned = true;
        var pruned = TreePruning.Prune(result, options.MaxNodes ?? int.MaxValue, MethodFor(TreePruning.Name), stats.Unit != ClockUnit.None,
            options.MaxDepth);
        return [.. result.Select((thread, i) => thread with { Tree = pruned[i], HasOccurrences = false })];
    }

    // The first in time with callees and the first in time without them stay by turns: both a graph is looked at for.
    IReadOnlyList<MethodStats> ReadRows()
    {
        var all = stats.RowsInFileOrder;
        if (options.MaxNodes is not { } most || all.Count <= most)
            return all;
        IsPruned = true;
        SortKey[] keys = stats.Unit == ClockUnit.None ? [SortKey.Calls] : [SortKey.Cumulative, SortKey.Time];
        var orders = Array.ConvertAll(keys, key => SortOrder.Sort(all, [key]));
        var kept = Enumerable.Range(0, all.Count).SelectMany(place => orders.Select(order => order[place].Label))
            .Distinct().Take(most - 1).ToHashSet();
        var table = new StatsTable();
        foreach (var row in all)
            table.Add(row);
        return table.Rename(label => kept.Contains(label) ? label : MethodLabel.External(TreePruning.Name)).Rows;
    }

    // Calls that the recorder had no room for have methods, but no place in the tree.
    CallTree WithTruncated(CallTree tree, CallTree? truncated)
    {
        if (truncated is null)
            return tree;
        var contexts = new MergedContexts(MethodFor("(truncated)"));
        foreach (var method in truncated.Root.Children)
            contexts.Add(method.Method, truncated.Columns.FiguresOf(method.Index));
        return new Extended(contexts).Extend(tree);
    }

    int MethodFor(string name)
    {
        var label = MethodLabel.External(name);
        var index = methods.IndexOf(label);
        if (index >= 0)
            return index;
        methods.Add(label);
        return methods.Count - 1;
    }

    /// <summary>Adds contexts below the root.</summary>
    sealed class Extended(MergedContexts more) : ContextSink
    {
        readonly CallTreeColumns output = new();
        int depth;

        public CallTree Extend(CallTree tree)
        {
            tree.Visit(this);
            return output.Build();
        }

        public override void Enter(int method, in ContextFigures figures)
        {
            depth++;
            output.Enter(method, figures);
        }

        public override void Leave()
        {
            if (--depth == 0)
                more.Visit(output);
            output.Leave();
        }
    }
}
