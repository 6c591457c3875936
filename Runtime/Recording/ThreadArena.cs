using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// All that one thread records into: its stack of frames and its tree of contexts. It belongs to its thread alone, so
/// that the hot path needs no synchronization; a snapshot only reads it.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
unsafe struct ThreadArena
{
    /// <summary>Whole pairs of cache lines: the neighbour line that the processor prefetches is not another
    /// thread's.</summary>
    public const int Size = 256;

    /// <summary>The recording that the tree belongs to (<see cref="Recorder"/>'s number; never 0).</summary>
    public int Session;

    /// <summary>Whether every call is a child of the root: a flat recording.</summary>
    public bool Flat;

    public FrameStack Stack;

    /// <summary>The root of the tree of contexts.</summary>
    public Node* Root;

    /// <summary>What did not fit into the tree.</summary>
    public FoldedCalls Folded;

    NodePool nodes;
    ChildTable children;
    // A table of their own: they come when there is no room for the other one to grow.
    ChildTable foldedChildren;

    /// <summary>Makes the arena of a thread that records for the first time.</summary>
    public static ThreadArena* Create(RecorderMemory memory)
    {
        var arena = (ThreadArena*)memory.Allocate(Size);
        // Before the contexts, whose first segment is a multiple of 4096 bytes: frames after it would lie at the same
        // offsets in their pages as contexts, and processors take a load for one that depends on a store to the same
        // offset (4K aliasing; Intel's optimization manual). That made calls slower by a third.
        arena->Stack.Create(arena, memory);
        return arena;
    }

    /// <summary>
    /// Begins a tree: for a new recording, or for a new thread that took over the arena of one that has ended, whose
    /// tree stays.
    /// </summary>
    public void Begin(int session, bool flat, RecorderMemory memory)
    {
        children.Clear(memory);
        foldedChildren.Clear(memory);
        if (Session != session)
            nodes.Rewind();
        Root = nodes.Add(Node.RootMethod, memory);
        Folded = default;
        Flat = flat;
        Stack.Begin(Root, memory);
        Session = session;
    }

    /// <summary>The context of <paramref name="method"/> when it is called from <paramref name="caller"/>; null if it is
    /// a new one and the memory limit is reached.</summary>
    public Node* FindOrAddChild(Node* caller, int method, RecorderMemory memory)
    {
        var parent = Flat ? Root : caller;
        var child = children.Find(parent, method);
        if (child == null)
        {
            // A flat tree has no more contexts than there are methods; it cannot be folded any further.
            var needed = nodes.Needed + children.Needed;
            if (!Flat && needed > 0 && !memory.HasRoom(needed))
                return null;
            child = AddChild(parent, method, ref children, memory);
        }
        caller->LastChild = child;
        return child;
    }

    /// <summary>The child of <paramref name="parent"/> with the method <paramref name="method"/>, whatever memory it
    /// takes.</summary>
    public Node* FindOrAddFolded(Node* parent, int method, RecorderMemory memory)
    {
        var child = foldedChildren.Find(parent, method);
        return child == null ? AddChild(parent, method, ref foldedChildren, memory) : child;
    }

    /// <summary>The context under which all <see cref="Folded"/> ones lie.</summary>
    public Node* AddFoldedRoot(RecorderMemory memory)
    {
        var root = nodes.Add(Node.FoldedMethod, memory);
        Node.AddChild(Root, root);
        return root;
    }

    Node* AddChild(Node* parent, int method, ref ChildTable table, RecorderMemory memory)
    {
        var child = nodes.Add(method, memory);
        table.Add(parent, child, memory);
        Node.AddChild(parent, child);
        return child;
    }
}
