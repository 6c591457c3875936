using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// A context that may be entered again while it is open: in a flat recording, and of truncated calls. There are no more of them than
/// methods, or pairs of these.
/// </summary>
[StructLayout(LayoutKind.Sequential, Size = Places * Node.Size)]
unsafe struct FlatNode
{
    /// <summary>How many places of a <see cref="NodePool"/> it takes.</summary>
    public const int Places = 2;

    /// <summary>What every context has. First: a pointer to it is one to this.</summary>
    public Node Node;

    /// <summary>None: it stands where <see cref="AsyncNode.Origin"/> does, since async methods have flat contexts, too.</summary>
    public Node* Origin;

    /// <summary>Those of <see cref="Node.Calls"/> that ended while an outer activation was open.</summary>
    public long Recursive;

    /// <summary>Notes that an activation has ended.</summary>
    /// <param name="elapsed">What it took.</param>
    /// <param name="isOutermost">Whether no other one is open.</param>
    /// <param name="isSampled">Whether the slowest one has <see cref="Node.Samples"/> in its place.</param>
    public void Add(long elapsed, bool isOutermost, bool isSampled)
    {
        if (!isOutermost)
        {
            // After the call itself: a reader never sees more of them.
            Recursive++;
            return;
        }
        Node.Cumulative += elapsed;
        if (!isSampled && elapsed > Node.Slowest)
            Node.Slowest = elapsed;
    }
}
