using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// One activation of a method on a thread's stack. The frames of a thread are a doubly linked list that is built once
/// and walked up and down: a push is a step along <see cref="Next"/>, a pop a step back along <see cref="Parent"/>.
/// The address of a frame is the token of its activation: it cannot be used again before that activation, or one below
/// it, has been left.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Size)]
unsafe struct Frame
{
    /// <summary>A cache line, so that a push touches one and the record can be found by arithmetic.</summary>
    public const int Size = 64;

    /// <summary>The context that the activation is charged to.</summary>
    public Node* Node;

    /// <summary>The clock when the activation began.</summary>
    public long Start;

    /// <summary>Ticks spent in the activations that this one made and that have ended.</summary>
    public long ChildTime;

    /// <summary>The frame below; null for the first one of the thread.</summary>
    public Frame* Parent;

    /// <summary>The frame above, in use or not; null where the stack has not grown yet.</summary>
    public Frame* Next;
}
