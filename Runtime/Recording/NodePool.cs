using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// Hands out the contexts of one thread, segment after segment. Rewound when the thread begins a new recording: only
/// the thread itself does that, so nothing can still be writing into what is handed out again.
/// </summary>
unsafe struct NodePool
{
    const int FirstSegment = 256;
    const int LargestSegment = 16 * 1024;

    /// <summary>What the first slot of a segment holds.</summary>
    [StructLayout(LayoutKind.Sequential, Size = Node.Size)]
    struct Segment
    {
        public Segment* Next;
        public Node* End;
    }

    Segment* first;
    Segment* current;
    Node* free;
    int nextSize;

    /// <summary>A context without figures or children.</summary>
    public Node* Add(int method, RecorderMemory memory)
    {
        if (!HasFree(1))
            Advance(memory);
        var node = free++;
        *node = new() { Method = method, LastChild = memory.NoNode };
        return node;
    }

    /// <summary>A context of an async method, which takes two places.</summary>
    /// <param name="method">Its method.</param>
    /// <param name="origin">The context that it continues; null if none.</param>
    /// <param name="memory">Where it lies.</param>
    public AsyncNode* AddAsync(int method, Node* origin, RecorderMemory memory)
    {
        if (!HasFree(AsyncNode.Places))
            Advance(memory);
        var node = (AsyncNode*)free;
        free += AsyncNode.Places;
        *node = new()
        {
            Node = new() { Method = method, IsContinuation = origin != null, LastChild = memory.NoNode },
            Origin = origin,
        };
        return node;
    }

    /// <summary>A context that may be entered again while it is open.</summary>
    public Node* AddFlat(int method, RecorderMemory memory)
    {
        if (!HasFree(FlatNode.Places))
            Advance(memory);
        var node = (FlatNode*)free;
        free += FlatNode.Places;
        *node = new() { Node = new() { Method = method, LastChild = memory.NoNode } };
        return (Node*)node;
    }

    /// <summary>Whether a context is at hand, which may be async.</summary>
    public readonly bool HasAny(bool isAsync) => HasFree(isAsync ? AsyncNode.Places : 1);

    /// <summary>How many bytes <see cref="Add"/> would need from the memory.</summary>
    public readonly long Needed => NeededFor(1);

    /// <summary>How many bytes <see cref="AddAsync"/> would need from the memory.</summary>
    public readonly long NeededForAsync => NeededFor(AsyncNode.Places);

    /// <summary>Lets every context be handed out again.</summary>
    public void Rewind()
    {
        current = first;
        free = (Node*)first + 1;
    }

    readonly bool HasFree(int places) => current != null && current->End - free >= places;

    readonly long NeededFor(int places) =>
        HasFree(places) || (current != null && current->Next != null) ? 0 : SizeOfNext * Node.Size;

    readonly int SizeOfNext => Math.Min(Math.Max(2 * nextSize, FirstSegment), LargestSegment);

    void Advance(RecorderMemory memory)
    {
        var next = current == null ? null : current->Next;
        if (next == null)
        {
            nextSize = SizeOfNext;
            next = (Segment*)memory.Allocate(nextSize * Node.Size);
            next->End = (Node*)next + nextSize;
            if (current == null)
                first = next;
            else
                current->Next = next;
        }
        current = next;
        free = (Node*)next + 1;
    }
}
