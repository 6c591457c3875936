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

    /// <summary>The method's id; <see cref="RootMethod"/> for the root of a thread.</summary>
    public int Method;

    /// <summary>How many activations of this context are open.</summary>
    public int Level;

    /// <summary>Activations that have ended.</summary>
    public long Calls;

    /// <summary>Ticks in the method itself.</summary>
    public long Self;

    /// <summary>Ticks from entry to exit of the outermost activations.</summary>
    public long Cumulative;

    /// <summary>Those of <see cref="Calls"/> that ended while an outer activation was open.</summary>
    public long Recursive;

    /// <summary>The context entered last from here: the inline cache of the call.</summary>
    public Node* LastChild;

    /// <summary>The child that was added last; the others follow along <see cref="NextSibling"/>.</summary>
    public Node* FirstChild;

    /// <summary>The sibling that was added before this one.</summary>
    public Node* NextSibling;

    /// <summary>The method id of a thread's root.</summary>
    public const int RootMethod = -1;
}
