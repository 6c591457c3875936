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

    /// <summary>Whether an activation was suspended or resumed on the thread in this recording.</summary>
    public bool HasSuspended;

    /// <summary>What the recorder itself took so far, in ticks, in the midst of the thread's calls: its clock without that is the
    /// thread's. Frames begin and end by it, so that no row has any of it.</summary>
    public long Excluded;

    public FrameStack Stack;

    /// <summary>The root of the tree of contexts.</summary>
    public Node* Root;

    /// <summary>The open activations that count while calls that did not fit into the tree are open
    /// (<see cref="TruncatedCalls"/>).</summary>
    public OpenTruncated OpenTruncated;

    /// <summary>Where such calls go.</summary>
    public KnownPairs KnownPairs;

    NodePool nodes;
    Children children;
    // The root in recordings in which there is no room for a tree.
    Node* truncatedRoot;

    /// <summary>What the thread has in common with a sampler: in cache lines of its own, which that writes.</summary>
    public SampledThread Sampled;

    /// <summary>Whether the thread has a tree; otherwise all its calls are truncated.</summary>
    public readonly bool HasTree => !TruncatedNode.Is(Root);

    /// <summary>The arena of the thread on whose stack a frame is.</summary>
    public static ThreadArena* Of(Frame* frame) => (ThreadArena*)frame->Arena;

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
    /// tree stays. Threads that find no room for a tree need nothing that the one before them did not have.
    /// </summary>
    /// <param name="session">The number of the recording.</param>
    /// <param name="flat">Whether every call is to be a child of the root.</param>
    /// <param name="memory">Where the tree is to lie.</param>
    /// <param name="mayTruncate">Whether all calls may be truncated if there is no room.</param>
    /// <returns>False if everything is as the thread before it left it.</returns>
    public bool Begin(int session, bool flat, RecorderMemory memory, bool mayTruncate = true)
    {
        if (Session == session && !HasTree)
            return false;
        children.Clear(memory);
        OpenTruncated.Clear(memory);
        KnownPairs.Clear(memory);
        if (Session != session)
        {
            nodes.Rewind();
            HasSuspended = false;
        }
        Root = mayTruncate && nodes.Needed > 0 && !memory.HasRoom(nodes.Needed)
            ? TruncatedRoot(memory)
            : nodes.Add(Node.RootMethod, memory);
        Flat = flat;
        Excluded = 0;
        Stack.Begin(Root, memory);
        // Last: a sampler goes by it.
        Volatile.Write(ref Session, session);
        return true;
    }

    /// <summary>The context of <paramref name="method"/> when it is called from <paramref name="caller"/>; null if it is
    /// called for the first time.</summary>
    public readonly Node* FindChild(Node* caller, int method)
    {
        var child = children.Find(Flat ? Root : caller, method);
        if (child != null)
            caller->LastChild = child;
        return child;
    }

    /// <summary>The context of <paramref name="method"/> when it is called from <paramref name="caller"/>; null if it is
    /// a new one and the memory limit is reached.</summary>
    public Node* FindOrAddChild(Node* caller, int method, RecorderMemory memory)
    {
        var child = FindChild(caller, method);
        return child != null ? child : HasRoomFor(caller, nodes.Needed, memory)
            ? Add(caller, Flat ? nodes.AddFlat(method, memory) : nodes.Add(method, memory), memory) : null;
    }

    /// <summary>A new context of <paramref name="method"/>, called from <paramref name="caller"/> for the first time, if all that it
    /// takes is at hand.</summary>
    /// <returns>Null if memory is needed.</returns>
    public Node* TryAddChild(Node* caller, int method, bool isAsync, RecorderMemory memory) =>
        Flat || TruncatedNode.Is(caller) || !nodes.HasAny(isAsync) || !children.IsAtHand(caller) ? null
        : Add(caller, isAsync ? (Node*)nodes.AddAsync(method, null, memory) : nodes.Add(method, memory), memory);

    /// <summary>Whether a new context below <paramref name="caller"/> has to be truncated.</summary>
    public readonly bool IsFull(Node* caller, bool isAsync, RecorderMemory memory) =>
        TruncatedNode.Is(caller) || !HasRoomFor(caller, isAsync ? nodes.NeededForAsync : nodes.Needed, memory);

    /// <summary>The context of the resumes of an async method, for the activations that began in one context.</summary>
    /// <param name="caller">Where they are resumed.</param>
    /// <param name="method">Their method.</param>
    /// <param name="origin">Where they began; null if that is not in this recording.</param>
    /// <returns>Null if there were none.</returns>
    public readonly Node* FindContinuation(Node* caller, int method, Node* origin)
    {
        var child = origin == null || Flat ? children.Find(Flat ? Root : caller, method) : children.FindContinuation(caller, origin);
        if (child != null)
            caller->LastChild = child;
        return child;
    }

    /// <summary>The context of an async method when it is called, or resumed, in <paramref name="caller"/>; null if it is a new one
    /// and the memory limit is reached.</summary>
    public Node* FindOrAddAsyncChild(Node* caller, int method, Node* origin, RecorderMemory memory)
    {
        var child = FindContinuation(caller, method, origin);
        if (child != null)
            return child;
        if (!HasRoomFor(caller, nodes.NeededForAsync, memory))
            return null;
        return Flat ? Add(caller, nodes.AddFlat(method, memory), memory)
            : Add(caller, (Node*)nodes.AddAsync(method, origin, memory), memory);
    }

    // A flat tree has no more contexts than there are methods; it cannot be truncated any further.
    readonly bool HasRoomFor(Node* caller, long needed, RecorderMemory memory)
    {
        if (Flat)
            return true;
        needed += children.NeededFor(caller);
        return needed <= 0 || memory.HasRoom(needed);
    }

    Node* Add(Node* caller, Node* child, RecorderMemory memory)
    {
        children.Add(Flat ? Root : caller, child, memory);
        caller->LastChild = child;
        return child;
    }

    Node* TruncatedRoot(RecorderMemory memory) => truncatedRoot != null ? truncatedRoot : truncatedRoot = TruncatedNode.AddRoot(memory);
}
