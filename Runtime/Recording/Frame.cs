using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// One activation of a method on a thread's stack. The address of a frame is the token of its activation: it cannot be
/// used again before that activation, or one below it, has been left. Frames lie side by side, so that a push and a pop
/// are one addition, which no memory access has to wait for; see <see cref="FrameSegment"/> for where they end.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
unsafe struct Frame
{
    public const int Size = 40;

    /// <summary>The context that the activation is charged to.</summary>
    public Node* Node;

    /// <summary>The clock when the activation began, without what <see cref="ThreadArena.Excluded"/> had then.</summary>
    public long Start;

    /// <summary>Ticks spent in the activations that this one made and that have ended.</summary>
    public long ChildTime;

    /// <summary>Null for an activation. The first slot of a further segment stands for the activation on top of the
    /// segment before, which this names: it has the same context, and collects the time of its callees here until
    /// the segment is left.</summary>
    public Frame* StandsFor;

    /// <summary>The <see cref="ThreadArena"/> of the thread whose stack it is on: quicker to read than what belongs to the
    /// current thread.</summary>
    public void* Arena;

    /// <summary>The activation, or base, below an activation.</summary>
    public static Frame* Below(Frame* frame)
    {
        var below = frame - 1;
        return below->StandsFor == null ? below : below->StandsFor;
    }
}

/// <summary>A piece of a thread's stack: this header, then frames. Stacks only grow; segments that were left are used
/// again.</summary>
[StructLayout(LayoutKind.Sequential, Size = Frame.Size)]
unsafe struct FrameSegment
{
    public FrameSegment* Previous;
    public FrameSegment* Next;

    /// <summary>Where its frames end.</summary>
    public Frame* End;

    /// <summary>The first slot: the base of the stack, or what stands for the frame below.</summary>
    public static Frame* FirstSlot(FrameSegment* segment) => (Frame*)segment + 1;

    public static bool Contains(FrameSegment* segment, Frame* frame) => frame > (Frame*)segment && frame < segment->End;
}
