namespace ProfilerWeaver;

/// <summary>
/// A finished recording: the methods, the call tree of each thread and how it was taken. Immutable; every table, file
/// and report is derived from it.
/// </summary>
public sealed record ProfileData
{
    readonly IReadOnlyList<ThreadTree> threads = [];

    // The trees as they were recorded, with contexts that continue others; null if they are no others than the threads'.
    IReadOnlyList<ThreadTree>? recorded;

    /// <summary>The label of each method in the trees. Entries with equal labels share one row.</summary>
    public required IReadOnlyList<MethodLabel> Methods { get; init; }

    /// <summary>The call tree of each thread that recorded anything, as the program was written: what an async method does after
    /// an <c>await</c> lies where it was called, in the tree of the thread that called it, whatever thread did it.</summary>
    /// <remarks><see cref="ByThread"/> has them as they ran.</remarks>
    public required IReadOnlyList<ThreadTree> Threads
    {
        get => threads;
        init => (threads, recorded) = (value, null);
    }

    /// <summary>The length of one tick in seconds (or in the unit of the clock, if that does not count time).</summary>
    public required double SecondsPerTick { get; init; }

    /// <summary>The clock that measured the times, for example <c>wall (stopwatch)</c>.</summary>
    public string Clock { get; init; } = "";

    /// <summary>The unit of ticks multiplied by <see cref="SecondsPerTick"/>.</summary>
    public ClockUnit Unit { get; init; }

    /// <summary>The recording overhead included in the ticks of the trees, which are raw.</summary>
    public RecordingOverhead Overhead { get; init; } = RecordingOverhead.None;

    /// <summary>Whether to subtract the overhead when the profile is shown (setting <c>Compensate</c>).</summary>
    public bool Compensate { get; init; } = true;

    /// <summary>The program that was profiled.</summary>
    public string Program { get; init; } = "";

    /// <summary>What else is known of the run: names such as <c>machine</c> or <c>os</c>, and what they are; see
    /// docs/prof-format.md.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>When recording began, in UTC.</summary>
    public DateTime StartedUtc { get; init; }

    /// <summary>From the first to the last instant of the recording.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>The part of <see cref="Duration"/> that threads spent in the JIT compiler: it lies in the times of whoever
    /// called a method first. All threads count, so it may be longer. 0 if it is not known.</summary>
    public TimeSpan JitTime { get; init; }

    /// <summary>The part of <see cref="Duration"/> in which the program was stopped for the garbage collector: it lies in the
    /// times of whatever was running. 0 if it is not known.</summary>
    public TimeSpan GcPauseTime { get; init; }

    /// <summary>Null if the recording ended normally. Otherwise the process was killed or is still running, and this is the
    /// number of unfinished calls in the live file; they count as ending at the last instant recorded in it.</summary>
    public int? InterruptedCalls { get; init; }

    /// <summary>How much time was left out because threads waited in it; null if nobody asked for that.</summary>
    internal long? TicksLeftOut { get; init; }

    /// <summary>Of a merged profile: for each method, in how many of its parts it occurs; null if that is not known, as in profiles
    /// that were not merged.</summary>
    internal IReadOnlyList<Occurrence>? MethodOccurrences { get; init; }

    /// <summary>Whether there is overhead to subtract.</summary>
    internal bool HasOverhead => Compensate && Overhead is not { CallTicks: 0, LeastTicks: 0 };

    /// <summary>Whether contexts of a tree continue others.</summary>
    internal bool IsLinked => recorded is not null;

    /// <summary>How many threads recorded anything, also those that only did what was called on others.</summary>
    internal int ThreadCount => (recorded ?? threads).Count;

    /// <summary>The same profile with trees that show what each thread did: what an async method does after an <c>await</c> lies
    /// where it was resumed.</summary>
    public ProfileData ByThread() =>
        recorded is null ? this : this with { Threads = WrittenTrees.ByThread(recorded, Methods.Count) };

    /// <summary>The same profile with nothing but what happened in some of its scopes, which are at the root now.</summary>
    /// <param name="isChosen">Which of the scopes.</param>
    internal ProfileData WithinScopes(Func<ScopeName, bool> isChosen) => this with
    {
        Threads = ScopedTrees.Of(threads,
            [.. Methods.Select(label => ScopeName.Is(label) && isChosen(ScopeName.Parse(label.Name)))]),
        MethodOccurrences = null,
    };

    /// <summary>The same profile with the trees of a recording.</summary>
    /// <exception cref="InvalidDataException">There are contexts that continue one below themselves.</exception>
    internal ProfileData WithRecorded(IReadOnlyList<ThreadTree> trees)
    {
        if (!WrittenTrees.AreLinked(trees))
            return this with { Threads = trees };
        var result = this with { Threads = WrittenTrees.AsWritten(trees, Methods.Count) };
        result.recorded = trees;
        return result;
    }

    /// <summary>Shows all threads to a visitor.</summary>
    internal void Visit(ProfileVisitor visitor) => Visit(threads, visitor);

    /// <summary>Shows all threads as they were recorded.</summary>
    internal void VisitRecorded(ProfileVisitor visitor) => Visit(recorded ?? threads, visitor);

    static void Visit(IReadOnlyList<ThreadTree> threads, ProfileVisitor visitor)
    {
        foreach (var thread in threads)
        {
            visitor.BeginThread(thread.Id, thread.Name);
            Visit(thread.Tree, isTruncated: false, visitor);
            if (thread.Truncated is { } truncated)
                Visit(truncated, isTruncated: true, visitor);
        }
    }

    static void Visit(CallTree tree, bool isTruncated, ProfileVisitor visitor)
    {
        visitor.BeginTree(isTruncated);
        tree.Visit(visitor);
        visitor.EndTree();
    }
}
