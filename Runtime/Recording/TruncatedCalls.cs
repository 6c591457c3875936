namespace ProfilerWeaver;

/// <summary>
/// The calls of a thread for which the tree of contexts has no room any more (<see cref="TruncatedTable"/>). Rows and callers
/// stay exact, because recursion is told as in CPython: by the number of open activations of the method, and of the pair
/// of caller and method, wherever they are.
/// </summary>
static unsafe class TruncatedCalls
{
    // In place of a caller: all activations of a method count.
    const int AnyCaller = TruncatedNode.NoCaller + 1;

    /// <summary>The context to charge when the topmost activation calls <paramref name="method"/>; null if the recording is
    /// over.</summary>
    public static Node* Enter(ThreadArena* arena, int method, RecorderMemory memory)
    {
        var caller = arena->Stack.Topmost;
        var pair = TruncatedTable.FindOrAdd(arena, CallerOf(arena, caller), method, memory);
        if (pair == null)
            return null;
        if (!TruncatedNode.Is(caller->Node))
        {
            AddOpen(arena, memory);
            if (!arena->Flat)
                caller->Node->AddTruncatedCall();
        }
        arena->OpenTruncated.Add(Key(TruncatedNode.MethodOf(pair), method), memory);
        arena->OpenTruncated.Add(Key(AnyCaller, method), memory);
        return pair;
    }

    /// <summary>Charges the topmost activation, which is truncated, and removes it.</summary>
    public static void Exit(ThreadArena* arena, Frame* frame, long now)
    {
        var pair = frame->Node;
        var method = TruncatedNode.MethodOf(pair->LastChild);
        var elapsed = (arena->Sampled.IsOn ? arena->Sampled.Charged : now) - frame->Start;
        var isOutermostOfPair = arena->OpenTruncated.RemoveLast(Key(TruncatedNode.MethodOf(pair), method));
        var isOutermost = arena->OpenTruncated.RemoveLast(Key(AnyCaller, method));
        TruncatedTable.Charge(arena, pair, elapsed, elapsed - frame->ChildTime, isOutermostOfPair, isOutermost);
        var parent = frame - 1;
        parent->ChildTime += elapsed;
        Volatile.Write(ref *(nint*)&arena->Stack.Top, (nint)parent);
        if (TruncatedNode.Is(parent->Node))
            return;
        RemoveOpen(arena);
        if (arena->Sampled.IsOn)
            parent->Node->TruncatedTicks += elapsed;
    }

    // While truncated activations lie on top of those of the tree, the latter count as open here too.
    static void AddOpen(ThreadArena* arena, RecorderMemory memory)
    {
        for (var frame = arena->Stack.Topmost; frame != arena->Stack.Base; frame = Frame.Below(frame))
        {
            arena->OpenTruncated.Add(KeyOf(arena, frame), memory);
            arena->OpenTruncated.Add(Key(AnyCaller, frame->Node->Method), memory);
        }
    }

    static void RemoveOpen(ThreadArena* arena)
    {
        for (var frame = arena->Stack.Topmost; frame != arena->Stack.Base; frame = Frame.Below(frame))
        {
            arena->OpenTruncated.RemoveLast(KeyOf(arena, frame));
            arena->OpenTruncated.RemoveLast(Key(AnyCaller, frame->Node->Method));
        }
    }

    static long KeyOf(ThreadArena* arena, Frame* frame) => Key(CallerOf(arena, Frame.Below(frame)), frame->Node->Method);

    // Never 0: no method is -1.
    static long Key(int caller, int method) => ((long)caller << 32) + method + 1;

    // A flat recording does not tell callers apart.
    static int CallerOf(ThreadArena* arena, Frame* caller) =>
        arena->Flat || caller == arena->Stack.Base ? TruncatedNode.NoCaller
        : TruncatedNode.Is(caller->Node) ? TruncatedNode.MethodOf(caller->Node->LastChild)
        : caller->Node->Method;
}
