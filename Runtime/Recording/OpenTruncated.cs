namespace ProfilerWeaver;

/// <summary>
/// What is open on a thread while truncated calls are: recursion is told as in CPython, by the number of open activations of the
/// method, and of the pair of caller and method, wherever they are, in the tree or truncated.
/// </summary>
/// <remarks>The activations of the tree, on which truncated ones lie, are counted when a truncated call begins, and stay counted
/// until the next one finds other ones in their place: between two of them the stack mostly changes by a call or two. A context
/// tells whether it is counted, and since a context has one caller, what lies below it is then counted, too.</remarks>
unsafe struct OpenTruncated
{
    // In place of a caller: all activations of a method count.
    const int AnyCaller = TruncatedNode.NoCaller + 1;

    const int FirstCapacity = 128;

    OpenCounts counts;

    // The contexts of the tree that are counted, from the bottom up.
    Node** inTree;
    int inTreeCount;
    int inTreeCapacity;

    /// <summary>Counts a truncated activation, and those of the tree below it.</summary>
    /// <param name="stack">The stack as it is before.</param>
    /// <param name="caller">The method that calls; <see cref="TruncatedNode.NoCaller"/> for the thread itself.</param>
    /// <param name="method">The method that is called.</param>
    /// <param name="memory">Takes note of what the tables take.</param>
    public void Add(in FrameStack stack, int caller, int method, RecorderMemory memory)
    {
        var fresh = Uncounted(stack);
        if (inTreeCount + fresh > inTreeCapacity)
            Grow(inTreeCount + fresh, memory);
        AddInTree(stack, fresh, memory);
        counts.Add(Key(caller, method), memory);
        counts.Add(Key(AnyCaller, method), memory);
    }

    /// <summary>Does what <see cref="Add"/> does, unless more memory is needed for it.</summary>
    /// <returns>Whether it was done.</returns>
    public bool TryAdd(in FrameStack stack, int caller, int method, RecorderMemory memory)
    {
        var fresh = Uncounted(stack);
        if (inTreeCount + fresh > inTreeCapacity || !counts.HasRoomFor(2 * (fresh + 1)))
            return false;
        AddInTree(stack, fresh, memory);
        counts.Add(Key(caller, method), memory);
        counts.Add(Key(AnyCaller, method), memory);
        return true;
    }

    /// <summary>A truncated activation, the topmost one, is not open any more.</summary>
    /// <returns>Whether none of its pair is, and none of its method.</returns>
    public (bool IsLastOfPair, bool IsLast) Remove(int caller, int method) =>
        (counts.RemoveLast(Key(caller, method)), counts.RemoveLast(Key(AnyCaller, method)));

    /// <summary>Nothing is open.</summary>
    public void Clear(RecorderMemory memory)
    {
        counts.Clear(memory);
        memory.CountOutside(-inTreeCapacity * (long)sizeof(Node*));
        PrivateMemory.Free((byte*)inTree, (nint)inTreeCapacity * sizeof(Node*));
        this = default;
    }

    // How many activations of the tree lie on top of those that are counted, if the topmost is one of the tree. Those that are
    // counted and are not open any more are not counted from now on.
    int Uncounted(in FrameStack stack)
    {
        var frame = stack.Topmost;
        if (TruncatedNode.Is(frame->Node))
            return 0;
        var fresh = 0;
        for (; frame != stack.Base && !frame->Node->IsCounted; frame = Frame.Below(frame))
            fresh++;
        var last = frame == stack.Base ? null : frame->Node;
        while (inTreeCount > 0 && inTree[inTreeCount - 1] != last)
        {
            inTreeCount--;
            var node = inTree[inTreeCount];
            node->IsCounted = false;
            counts.RemoveLast(KeyInTree(inTreeCount));
            counts.RemoveLast(Key(AnyCaller, node->Method));
        }
        return fresh;
    }

    void AddInTree(in FrameStack stack, int fresh, RecorderMemory memory)
    {
        if (fresh == 0)
            return;
        var frame = stack.Topmost;
        for (var i = inTreeCount + fresh - 1; i >= inTreeCount; i--)
        {
            inTree[i] = frame->Node;
            frame->Node->IsCounted = true;
            frame = Frame.Below(frame);
        }
        for (var end = inTreeCount + fresh; inTreeCount < end; inTreeCount++)
        {
            counts.Add(KeyInTree(inTreeCount), memory);
            counts.Add(Key(AnyCaller, inTree[inTreeCount]->Method), memory);
        }
    }

    void Grow(int atLeast, RecorderMemory memory)
    {
        var larger = Math.Max(FirstCapacity, inTreeCapacity);
        while (larger < atLeast)
            larger *= 2;
        var table = (Node**)PrivateMemory.Allocate((nint)larger * sizeof(Node*));
        memory.CountOutside((larger - inTreeCapacity) * (long)sizeof(Node*));
        for (var i = 0; i < inTreeCount; i++)
            table[i] = inTree[i];
        PrivateMemory.Free((byte*)inTree, (nint)inTreeCapacity * sizeof(Node*));
        inTree = table;
        inTreeCapacity = larger;
    }

    readonly long KeyInTree(int i) => Key(i == 0 ? TruncatedNode.NoCaller : inTree[i - 1]->Method, inTree[i]->Method);

    // Never 0: no method is -1.
    static long Key(int caller, int method) => ((long)caller << 32) + method + 1;
}
