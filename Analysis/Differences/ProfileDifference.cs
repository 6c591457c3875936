namespace ProfilerWeaver;

/// <summary>What is different between the runs of two sides: the causes first, then methods that are new, gone or renamed, and their
/// times.</summary>
sealed class ProfileDifference
{
    readonly Dictionary<string, MethodLabel> labels = [];

    ProfileDifference(IReadOnlyList<Stats> before, IReadOnlyList<Stats> after)
    {
        foreach (var row in after.Concat(before).SelectMany(stats => stats.RowsInFileOrder))
            labels.TryAdd(MethodNames.Of(row.Label), row.Label);
        (RunsBefore, RunsAfter) = (before.Count, after.Count);
        Unit = before.Concat(after).Select(stats => stats.Unit).Distinct().ToArray() is [var unit] ? unit : ClockUnit.None;
        Clock = before.Concat(after).SelectMany(stats => stats.TreeRecordings).Select(recording => recording.Clock).Distinct().ToArray()
            is [var clock] ? clock : "different clocks";
        (CallsBefore, CallsAfter) = (TotalOf(before), TotalOf(after));
        Renamed = Renames.Between(CallGraph.Of(before[0].RowsInFileOrder), CallGraph.Of(after[0].RowsInFileOrder));
        Methods = MethodDifferences.Of(before, after, Renamed);
        HasTree = before.Concat(after).All(stats => stats.TreeRecordings.Count > 0);
        if (HasTree)
            Tree = ComparedTree.Of([.. before.Select(stats => TreeOf(stats, Renamed))], [.. after.Select(stats => TreeOf(stats, null))]);
        CallGraph[] graphsBefore = [.. before.Select(stats => CallGraph.Of(stats.RowsInFileOrder, Renamed))];
        CallGraph[] graphsAfter = [.. after.Select(stats => CallGraph.Of(stats.RowsInFileOrder))];
        var changes = GraphCauses.Between(graphsBefore, graphsAfter, Tree is null ? null : new(Tree));
        Moves = MovedCalls.TakeFrom(changes, graphsBefore[0], graphsAfter[0]);
        Causes = CallChange.Ranked(changes);
    }

    /// <exception cref="ArgumentException">A side has no runs.</exception>
    public static ProfileDifference Between(IReadOnlyList<Stats> before, IReadOnlyList<Stats> after) =>
        before.Count == 0 || after.Count == 0
            ? throw new ArgumentException("Each side needs a profile.")
            : new(before, after);

    public int RunsBefore { get; }

    public int RunsAfter { get; }

    /// <summary>What the times are; none if the sides measured different things.</summary>
    public ClockUnit Unit { get; }

    /// <summary>The clock of all runs.</summary>
    public string Clock { get; }

    /// <summary>The calls of all methods.</summary>
    public RunCounts CallsBefore { get; }

    /// <inheritdoc cref="CallsBefore"/>
    public RunCounts CallsAfter { get; }

    /// <summary>Whether all profiles have call trees; without, a cause may be a caller that is called by others than before.</summary>
    public bool HasTree { get; }

    /// <summary>The trees, laid over each other; null if there are none.</summary>
    public ComparedTree? Tree { get; }

    /// <summary>Where calls per call of the caller changed, the heaviest first.</summary>
    public IReadOnlyList<CallChange> Causes { get; }

    /// <summary>Calls that have only moved.</summary>
    public IReadOnlyList<MovedCalls> Moves { get; }

    /// <summary>Names before by which a method seems to have been known, and its name now.</summary>
    public IReadOnlyDictionary<string, string> Renamed { get; }

    /// <summary>All methods of both sides, by name.</summary>
    public IReadOnlyList<MethodDifference> Methods { get; }

    /// <summary>What a method is called in the profiles; now, if it is there now.</summary>
    public MethodLabel LabelOf(string name) => labels[name];

    static RunCounts TotalOf(IReadOnlyList<Stats> side) => RunCounts.Of([.. side.Select(stats => stats.TotalCalls)]);

    static ContextTree TreeOf(Stats stats, IReadOnlyDictionary<string, string>? renamed) =>
        ContextTree.Of([.. stats.TreeRecordings.Select(recording => MethodNames.OnlyNames(recording, renamed))]);
}
