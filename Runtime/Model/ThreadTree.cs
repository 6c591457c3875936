namespace ProfilerWeaver;

/// <summary>The call tree of one thread.</summary>
/// <param name="Id">The thread's number in the profile, from 1 in the order of their first recorded call.</param>
/// <param name="Name">The name the program gave the thread; empty if none.</param>
/// <param name="Root">The root context, which stands for the thread itself; its children are the methods that were
/// called from outside every recorded method.</param>
public sealed record ThreadTree(int Id, string Name, CallNode Root)
{
    /// <summary>The calls for which the tree had no room (setting <c>MemoryLimit</c>); null if there were none.
    /// Its children are methods, whose children are their callers, each with the figures of those calls. Their
    /// <see cref="CallNode.RecursiveCalls"/> and <see cref="CallNode.CumulativeTicks"/> take into account which methods
    /// were active in the tree. The calls of several threads are counted together, in a separate thread with an empty
    /// tree.</summary>
    public CallNode? Folded { get; init; }
}
