namespace ProfilerWeaver;

/// <summary>
/// Where frames, contexts and method tables lie: chunks of a memory-mapped file if there is one, so that the operating
/// system keeps them whatever ends the process, otherwise private memory. What was handed out stays valid as long as
/// the process lives: a thread may write to it at any time.
/// </summary>
sealed unsafe class RecorderMemory
{
    /// <summary>How many bytes are handed out at most, if nothing else is set.</summary>
    public const long DefaultLimit = 256L << 20;

    const int FirstChunk = 1 << 16;
    const int LargestChunkNearLimit = 1 << 20;
    const int LargestChunk = 1 << 24;
    const int Alignment = 64;

    readonly RecorderLock gate = new();
    long used;
    RecordingStore? file;
    byte* free;
    byte* end;
    int nextChunk = FirstChunk;

    /// <summary>Where all recordings of the process keep their frames and contexts.</summary>
    public static RecorderMemory OfProcess { get; } = new();

    /// <summary>What may be used before trees stop to grow, in bytes.</summary>
    public long Limit { get; set; } = DefaultLimit;

    /// <summary>What is used, in bytes.</summary>
    public long Used
    {
        get
        {
            using (gate.Enter())
                return used;
        }
    }

    /// <summary>What stands for no context at all, with itself as its sibling.</summary>
    public Node* NoNode { get; } = MakeNoNode();

    /// <summary>Whether there is room for <paramref name="bytes"/> more of trees. An eighth of the limit is left for stacks
    /// and truncated calls, which cannot be refused.</summary>
    public bool HasRoom(long bytes) => Interlocked.Read(ref used) + bytes <= Limit - Limit / 8;

    /// <summary>Takes note of memory that was allocated, or freed, elsewhere.</summary>
    public void CountOutside(long bytes)
    {
        using (gate.Enter())
            used += bytes;
    }

    /// <summary>Puts what is allocated from now on into <paramref name="store"/>.</summary>
    public void MoveInto(RecordingStore store)
    {
        using (gate.Enter())
        {
            file = store;
            free = end = null;
        }
    }

    /// <summary>Zeroed memory at a multiple of 64 bytes.</summary>
    /// <exception cref="OutOfMemoryException">Neither the file nor private memory can grow.</exception>
    public byte* Allocate(int bytes)
    {
        bytes = (bytes + Alignment - 1) & -Alignment;
        using (gate.Enter())
        {
            if (end - free < bytes)
                AddChunk(bytes);
            var block = free;
            free += bytes;
            used += bytes;
            return block;
        }
    }

    void AddChunk(int atLeast)
    {
        // Near the limit hardly more than needed: the rest is for stacks and for what was truncated.
        var size = used + nextChunk > Limit ? Math.Min(nextChunk, LargestChunkNearLimit) : nextChunk;
        size = Math.Max(size, (atLeast + FirstChunk - 1) & -FirstChunk);
        nextChunk = Math.Min(2 * nextChunk, LargestChunk);
        // What is left of the last one is lost.
        used += end - free;
        var chunk = MapChunk(size);
        if (chunk == null)
            chunk = PrivateChunk(size);
        free = chunk;
        end = chunk + size;
    }

    byte* MapChunk(int size)
    {
        // A handler of exceptions may begin a module before the catch, which needs memory, too: then there is no file any more.
        if (file is not { } store)
            return null;
        try
        {
            return store.AddChunk(size);
        }
        catch (Exception e)
        {
            Complaint.Once($"cannot extend {store.Path} ({e.Message}): recording continues in private memory, which is " +
                "lost if the process is killed or its profile does not fit on the disk; free some space, or set " +
                $"{EnvironmentVariable.Output} to a file on another disk");
            file = null;
            return null;
        }
    }

    static byte* PrivateChunk(int size)
    {
        // A page of it costs nothing until it is used.
        var memory = PrivateMemory.Allocate(size + Alignment);
        return (byte*)(((long)memory + Alignment - 1) & -Alignment);
    }

    static Node* MakeNoNode()
    {
        var node = (Node*)PrivateChunk(Node.Size);
        node->Method = Node.NoMethod;
        node->NextSibling = node;
        return node;
    }
}
