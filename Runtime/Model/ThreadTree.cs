namespace ProfilerWeaver;

/// <summary>What one thread recorded.</summary>
/// <param name="Id">The thread's number in the profile, from 1 in the order of their first recorded call.</param>
/// <param name="Name">The name that the program gave the thread; empty if it gave none.</param>
/// <param name="Tree">Its calling contexts. The root stands for the thread itself; its children are the methods that were
/// called from outside every recorded method.</param>
public sealed record ThreadTree(int Id, string Name, CallTree Tree)
{
    /// <summary>The calls for which there was no room in the tree (setting <c>MemoryLimit</c>); null if there were none.
    /// The children of its root are methods, whose children are their callers, each with the figures of those calls. Their
    /// <see cref="CallNode.RecursiveCalls"/> and <see cref="CallNode.CumulativeTicks"/> allow for what was open in the
    /// tree. Those of several threads are counted together, in a thread of their own with an empty tree.</summary>
    public CallTree? Truncated { get; init; }

    /// <summary>The root of <see cref="Tree"/>.</summary>
    public CallNode Root => Tree.Root;
}
