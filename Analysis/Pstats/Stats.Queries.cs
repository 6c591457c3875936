namespace ProfilerWeaver;

public sealed partial class Stats
{
    IReadOnlyList<CallContext>? callTree;
    IReadOnlyList<ThreadStats>? threads;

    /// <summary>The row of a method.</summary>
    /// <param name="name">Its name or an unambiguous suffix of it: <c>Repository.Load</c> for <c>Shop.Repository.Load</c>.
    /// The printed label works, too.</param>
    /// <exception cref="KeyNotFoundException">There is no such method, or there is more than one.</exception>
    public MethodStats this[string name] => NameLookup.Find(table.Rows, name);

    /// <summary>The row with this label.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public MethodStats this[MethodLabel label] =>
        Find(label) ?? throw new KeyNotFoundException($"The profile has no method '{label}'.");

    /// <summary>The row with this label, or null if there is none.</summary>
    public MethodStats? Find(MethodLabel label) => table.Find(label);

    /// <summary>The row of a method, or null if there is none because the method was never called.</summary>
    /// <inheritdoc cref="this[string]" path="/param"/>
    /// <exception cref="KeyNotFoundException">There is more than one.</exception>
    public MethodStats? Find(string name) => NameLookup.FindOrDefault(table.Rows, name);

    /// <summary>Who called a method, and how often, in the order in which the callers were first seen.</summary>
    /// <inheritdoc cref="this[string]" path="/param"/>
    /// <exception cref="KeyNotFoundException">There is no such method, or there is more than one.</exception>
    public IReadOnlyList<CallEdge> Callers(string name) => CallersOf(this[name]);

    /// <summary>What a method called, and how often, in file order.</summary>
    /// <inheritdoc cref="this[string]" path="/param"/>
    /// <exception cref="KeyNotFoundException">There is no such method, or there is more than one.</exception>
    public IReadOnlyList<CallEdge> Callees(string name)
    {
        var caller = this[name].Label;
        return [.. table.Rows.SelectMany(CallersOf).Where(edge => edge.Caller == caller)];
    }

    /// <summary>The calls from one method to another; all figures are 0 if there were none.</summary>
    /// <param name="caller">The name of the caller, or an unambiguous suffix of it.</param>
    /// <param name="callee">The name of the callee, likewise.</param>
    /// <exception cref="KeyNotFoundException">There is no such method, or there is more than one.</exception>
    public CallEdge Edge(string caller, string callee)
    {
        var (from, to) = (this[caller], this[callee]);
        return CallersOf(to).Find(edge => edge.Caller == from.Label) ?? new CallEdge(from.Label, to.Label, default);
    }

    /// <summary>The statistics of each thread, for all recordings in turn.</summary>
    /// <exception cref="InvalidOperationException">Some of the profiles do not distinguish threads: they are only tables,
    /// as written by CPython.</exception>
    /// <exception cref="InvalidProfileException">A recording could not be read.</exception>
    public IReadOnlyList<ThreadStats> Threads => threads ??=
    [
        .. from recording in Recordings()
            from thread in recording.Threads
            select new ThreadStats(thread.Id, thread.Name, Like(new Stats(recording with { Threads = [thread] }))),
    ];

    /// <summary>The call tree over all threads: the contexts that were entered from outside every recorded method, in the
    /// order of their first call, each with its callees.</summary>
    /// <exception cref="InvalidOperationException">Some of the profiles have no call tree: they are only tables, as written
    /// by CPython.</exception>
    /// <exception cref="InvalidProfileException">A call tree could not be read.</exception>
    public IReadOnlyList<CallContext> CallTree => callTree ??=
        CallContext.RootsOf(ContextTree.Of(Recordings()));

    /// <summary>Every context of <see cref="CallTree"/>, each before its callees.</summary>
    /// <inheritdoc cref="CallTree" path="/exception"/>
    public IEnumerable<CallContext> Contexts => CallTree.SelectMany(context => context.SelfAndDescendants());

    /// <summary>The recording that all rows are from; null if there is none, or several.</summary>
    internal ProfileData? OnlyRecording => recordings.Count == 1 && !hasMereRows ? recordings[0] : null;

    /// <summary>The recordings that all rows are from; none if some rows come from a mere table, or a recording cannot be
    /// read.</summary>
    internal IReadOnlyList<ProfileData> TreeRecordings => hasMereRows || damage.Count > 0 ? [] : recordings;

    /// <summary>What it says of its run, in a line.</summary>
    internal string? RunText => OnlyRecording is { } recording ? RunSummary.Of(recording) : null;

    static List<CallEdge> CallersOf(MethodStats row)
    {
        var edges = new List<CallEdge>(row.Callers.Count);
        foreach (var caller in row.Callers)
            edges.Add(new CallEdge(caller.Key, row.Label, caller.Value));
        return edges;
    }

    /// <summary>What the call trees are made of.</summary>
    /// <inheritdoc cref="CallTree" path="/exception"/>
    internal IReadOnlyList<ProfileData> Recordings()
    {
        if (damage.Count > 0)
            throw damage[0];
        return hasMereRows
            ? throw new InvalidOperationException("The profile has no call tree, because part of it is only a table, from "
                + "CPython or from rows. Read a single file written by ProfilerWeaver.")
            : recordings;
    }

    Stats Like(Stats part)
    {
        part.chosenOutput = chosenOutput;
        part.Options = Options;
        return part;
    }
}

/// <summary>The statistics of one thread of a profile.</summary>
public sealed record ThreadStats
{
    internal ThreadStats(int id, string name, Stats stats)
    {
        Id = id;
        Name = name;
        Stats = stats;
    }

    /// <summary>The thread's number in its recording, from 1 in the order of their first recorded call.</summary>
    public int Id { get; }

    /// <summary>The name the program gave the thread; empty if none.</summary>
    public string Name { get; }

    /// <summary>The statistics of this thread alone.</summary>
    public Stats Stats { get; }

    /// <summary>The number and the name.</summary>
    public override string ToString() => NameOf(Id, Name);

    internal static string NameOf(int id, string name) => name.Length == 0 ? $"thread {id}" : $"thread {id} ({name})";
}
