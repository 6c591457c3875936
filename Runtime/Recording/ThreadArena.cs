using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// All that one thread records into: its stack of frames and its tree of contexts. It belongs to its thread alone, so
/// that the hot path needs no synchronization; a snapshot only reads it.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
unsafe struct ThreadArena
{
    /// <summary>Two cache lines: the neighbour line that the processor prefetches is not another thread's.</summary>
    public const int Size = 128;

    const int FirstFrames = 128;
    const int MostFrames = 16 * 1024;

    /// <summary>The recording that the tree belongs to (<see cref="Recorder"/>'s number; never 0).</summary>
    public int Session;

    /// <summary>Whether every call is a child of the root: a flat recording.</summary>
    public bool Flat;

    /// <summary>The open activation on top of the stack, or <see cref="Base"/>.</summary>
    public Frame* Top;

    /// <summary>The frame that stands for the thread itself; those below it are left over from earlier recordings.</summary>
    public Frame* Base;

    /// <summary>The root of the tree of contexts.</summary>
    public Node* Root;

    NodePool nodes;
    ChildTable children;
    int framesPerSegment;

    /// <summary>Makes the arena of a thread that records for the first time.</summary>
    public static ThreadArena* Create(RecorderMemory memory)
    {
        var arena = (ThreadArena*)memory.Allocate(Size);
        arena->framesPerSegment = FirstFrames;
        return arena;
    }

    /// <summary>
    /// Begins a tree: for a new recording, or for a new thread that took over the arena of one that has ended, whose
    /// tree stays. Activations that are still open from an earlier recording stay on the stack, below the new base, so
    /// that their tokens cannot be mistaken for newer ones.
    /// </summary>
    public void Begin(int session, bool flat, RecorderMemory memory)
    {
        children.Clear();
        if (Session != session)
            nodes.Rewind();
        Root = nodes.Add(Node.RootMethod, memory);
        Flat = flat;
        if (Top == null)
            PlaceBase(GrowStack(null, memory));
        else if (Top == Base)
            PlaceBase(Base);
        else
            PlaceBase(Top->Next != null ? Top->Next : GrowStack(Top, memory));
        Session = session;
    }

    /// <summary>Makes <paramref name="frame"/> the bottom of the current recording's stack.</summary>
    public void PlaceBase(Frame* frame)
    {
        frame->Node = Root;
        frame->ChildTime = 0;
        frame->Start = 0;
        Base = frame;
        Top = frame;
    }

    /// <summary>The context of <paramref name="method"/> when it is called from <paramref name="caller"/>.</summary>
    public Node* FindOrAddChild(Node* caller, int method, RecorderMemory memory)
    {
        var parent = Flat ? Root : caller;
        var child = children.Find(parent, method);
        if (child == null)
        {
            child = nodes.Add(method, memory);
            children.Add(parent, child);
            child->NextSibling = parent->FirstChild;
            // A reader that sees the new child must see it complete.
            Volatile.Write(ref *(nint*)&parent->FirstChild, (nint)child);
        }
        caller->LastChild = child;
        return child;
    }

    /// <summary>Adds frames above <paramref name="last"/> and returns the first of them.</summary>
    public Frame* GrowStack(Frame* last, RecorderMemory memory)
    {
        var frames = (Frame*)memory.Allocate(framesPerSegment * Frame.Size);
        for (var i = 0; i < framesPerSegment; i++)
        {
            frames[i].Parent = i == 0 ? last : &frames[i - 1];
            frames[i].Next = i == framesPerSegment - 1 ? null : &frames[i + 1];
        }
        if (last != null)
            last->Next = frames;
        framesPerSegment = Math.Min(2 * framesPerSegment, MostFrames);
        return frames;
    }
}
