namespace ProfilerWeaver;

/// <summary>
/// The calls of a thread for which the tree of contexts has no room any more (<see cref="FoldedTable"/>). Rows and callers
/// stay exact, because recursion is told as in CPython: by the number of open activations of the method, and of the pair
/// of caller and method, wherever they are.
/// </summary>
unsafe struct FoldedCalls
{
    // In place of a caller: all activations of a method count.
    const int AnyCaller = FoldedTable.NoCaller + 1;

    OpenCounts open;

    /// <summary>Forgets what was open, for a new recording.</summary>
    public void Begin(RecorderMemory memory) => open.Clear(memory);

    /// <summary>The context to charge when the topmost activation calls <paramref name="method"/>; null if the recording is
    /// over.</summary>
    public Node* Enter(ThreadArena* arena, int method, RecorderMemory memory)
    {
        var caller = arena->Stack.Topmost;
        var pair = FoldedTable.FindOrAdd(arena, CallerOf(arena, caller), method, memory);
        if (pair == null)
            return null;
        if (!FoldedTable.Has(caller->Node))
        {
            AddOpen(arena, memory);
            if (!arena->Flat)
                caller->Node->FoldedCalls++;
        }
        open.Add(Key(FoldedTable.MethodOf(pair), method), memory);
        open.Add(Key(AnyCaller, method), memory);
        return pair;
    }

    /// <summary>Charges the topmost activation, which is folded, and removes it.</summary>
    public void Exit(ThreadArena* arena, Frame* frame, long now)
    {
        var pair = frame->Node;
        var method = FoldedTable.MethodOf(pair->LastChild);
        var elapsed = now - frame->Start;
        var isOutermostOfPair = open.RemoveLast(Key(FoldedTable.MethodOf(pair), method));
        var isOutermost = open.RemoveLast(Key(AnyCaller, method));
        FoldedTable.Charge(arena, pair, elapsed, elapsed - frame->ChildTime, isOutermostOfPair, isOutermost);
        var parent = frame - 1;
        parent->ChildTime += elapsed;
        arena->Stack.Top = parent;
        if (!FoldedTable.Has(parent->Node))
            RemoveOpen(arena);
    }

    // While folded activations lie on top of those of the tree, the latter count as open here too.
    void AddOpen(ThreadArena* arena, RecorderMemory memory)
    {
        for (var frame = arena->Stack.Topmost; frame != arena->Stack.Base; frame = Frame.Below(frame))
        {
            open.Add(KeyOf(arena, frame), memory);
            open.Add(Key(AnyCaller, frame->Node->Method), memory);
        }
    }

    void RemoveOpen(ThreadArena* arena)
    {
        for (var frame = arena->Stack.Topmost; frame != arena->Stack.Base; frame = Frame.Below(frame))
        {
            open.RemoveLast(KeyOf(arena, frame));
            open.RemoveLast(Key(AnyCaller, frame->Node->Method));
        }
    }

    static long KeyOf(ThreadArena* arena, Frame* frame) => Key(CallerOf(arena, Frame.Below(frame)), frame->Node->Method);

    // Never 0: no method is -1.
    static long Key(int caller, int method) => ((long)caller << 32) + method + 1;

    // A flat recording does not tell callers apart.
    static int CallerOf(ThreadArena* arena, Frame* caller) =>
        arena->Flat || caller == arena->Stack.Base ? FoldedTable.NoCaller
        : FoldedTable.Has(caller->Node) ? FoldedTable.MethodOf(caller->Node->LastChild)
        : caller->Node->Method;
}
