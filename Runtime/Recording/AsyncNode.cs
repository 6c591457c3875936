using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// A context of an async method: of its calls, or of resumes of activations that began in another context, which may be
/// another thread's. Sums of instants, not of intervals: each is known to one thread only.
/// </summary>
/// <remarks>Like every context it is written by its thread alone, but for the last three figures.</remarks>
[StructLayout(LayoutKind.Sequential, Size = Places * Node.Size)]
unsafe struct AsyncNode
{
    /// <summary>How many places of a <see cref="NodePool"/> it takes.</summary>
    public const int Places = 2;

    /// <summary>The context in which the calls are of those that are resumed in <paramref name="node"/>; itself, if it is none
    /// of resumes.</summary>
    public static Node* OriginOf(Node* node) => node->IsContinuation ? ((AsyncNode*)node)->Origin : node;

    /// <summary>What every context has. First: a pointer to it is one to this.</summary>
    public Node Node;

    /// <summary>In a context of resumes, where the activations began; null in one of calls, and where that is not in this
    /// recording.</summary>
    public Node* Origin;

    /// <summary>In a context of calls, how many of them were suspended; in one of resumes, how many activations were completed
    /// here.</summary>
    public long Activations;

    /// <summary>The sum of the instants at which those began, or were completed.</summary>
    public long Instants;

    /// <summary>In a context of calls, what of <see cref="Node.Cumulative"/> is of those that were suspended.</summary>
    public long SuspendedTicks;

    /// <summary>In a context of calls, how many were completed in truncated calls, by whatever thread.</summary>
    public long TruncatedCompletions;

    /// <summary>The sum of their instants.</summary>
    public long TruncatedInstants;

    /// <summary>Ticks of the one of them that took longest.</summary>
    public long TruncatedSlowest;
}
