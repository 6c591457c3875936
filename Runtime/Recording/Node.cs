using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// One calling context of a thread, as it lies in the mapped file. Only the thread that owns it writes to it; others
/// may read it at any instant.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
unsafe struct Node
{
    /// <summary>A cache line: no two contexts share one, and an update touches one.</summary>
    public const int Size = 64;

    /// <summary>The method id of a thread's root.</summary>
    public const int RootMethod = -1;

    /// <summary>The method id of what stands for no child at all.</summary>
    public const int NoMethod = -2;

    /// <summary>The method id of the context under which those of <see cref="TruncatedTable"/> lie.</summary>
    public const int TruncatedMethod = -3;

    const int ContinuationMark = 1 << 30;

    const int CountedMark = 1 << 31;

    const int IndexedMark = 1 << 29;

    /// <summary>More truncated calls than this are not counted in the context that made them, but in their rows.</summary>
    const int MostTruncated = IndexedMark - 1;

    /// <summary>The method's id; <see cref="RootMethod"/> for the root of a thread.</summary>
    public int Method;

    /// <summary>In a flat recording, how many activations of this context are open.</summary>
    public int Level;

    /// <summary>Activations that have ended.</summary>
    public long Calls;

    /// <summary>Ticks in the method itself.</summary>
    public long Self;

    /// <summary>Ticks from entry to exit of the outermost activations.</summary>
    public long Cumulative;

    /// <summary>Ticks of the activation that took longest.</summary>
    public long Slowest;

    /// <summary>In a tree, whose contexts have one open activation at most: how many calls from here were truncated.</summary>
    public readonly int TruncatedCalls => Level & MostTruncated;

    /// <summary>Where no time is measured in calls: how often a <see cref="Sampler"/> found the context on top of the stack.
    /// Only that writes it, and <see cref="Self"/> of contexts of trees.</summary>
    public long Samples
    {
        readonly get => Slowest;
        set => Slowest = value;
    }

    /// <summary>In a tree: whether it is an <see cref="AsyncNode"/> of resumes, whose <see cref="AsyncNode.Origin"/> is
    /// known.</summary>
    public bool IsContinuation
    {
        readonly get => (Level & ContinuationMark) != 0;
        init => Level = value ? ContinuationMark : 0;
    }

    /// <summary>In a tree: whether <see cref="OpenTruncated"/> counts its open activation.</summary>
    public bool IsCounted
    {
        readonly get => (Level & CountedMark) != 0;
        set => Level = value ? Level | CountedMark : Level & ~CountedMark;
    }

    /// <summary>Whether <see cref="Children"/> has put its children into a table. Of contexts whose <see cref="Level"/> counts
    /// activations, in a flat recording, none has children.</summary>
    public bool HasIndexedChildren
    {
        readonly get => (Level & IndexedMark) != 0;
        set => Level = value ? Level | IndexedMark : Level & ~IndexedMark;
    }

    /// <summary>Where no time is measured in calls: what passed in truncated calls from here.</summary>
    public long TruncatedTicks
    {
        readonly get => Cumulative;
        set => Cumulative = value;
    }

    /// <summary>The context entered last from here: the inline cache of the call. Never null.</summary>
    public Node* LastChild;

    /// <summary>The child that was added last; its <see cref="NextSibling"/> is the first one. Null without
    /// children.</summary>
    public Node* NewestChild;

    /// <summary>The sibling that was added next, in a ring: callees tend to be called again in the order in which they
    /// were called first, which makes it the second guess after <see cref="LastChild"/>.</summary>
    public Node* NextSibling;

    /// <summary>Counts a call from here, in a tree, that was truncated.</summary>
    public void AddTruncatedCall()
    {
        if (TruncatedCalls < MostTruncated)
            Level++;
    }

    /// <summary>Adds a child at the end of the ring. A reader sees the ring with it or without it, complete either
    /// way.</summary>
    public static void AddChild(Node* parent, Node* child)
    {
        var newest = parent->NewestChild;
        if (newest == null)
        {
            child->NextSibling = child;
        }
        else
        {
            child->NextSibling = newest->NextSibling;
            Volatile.Write(ref *(nint*)&newest->NextSibling, (nint)child);
        }
        Volatile.Write(ref *(nint*)&parent->NewestChild, (nint)child);
    }
}
