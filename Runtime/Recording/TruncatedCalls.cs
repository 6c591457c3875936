namespace ProfilerWeaver;

/// <summary>
/// The calls of a thread for which the tree of contexts has no room any more (<see cref="TruncatedTable"/>). Rows and callers
/// stay exact (<see cref="OpenTruncated"/>).
/// </summary>
static unsafe class TruncatedCalls
{
    /// <summary>The context to charge when the topmost activation calls <paramref name="method"/>; null if the recording is
    /// over.</summary>
    public static Node* Enter(ThreadArena* arena, int method, RecorderMemory memory)
    {
        var caller = arena->Stack.Topmost;
        var callerMethod = CallerOf(arena, caller);
        var pair = TruncatedTable.FindOrAdd(arena, callerMethod, method, memory);
        if (pair == null)
            return null;
        arena->KnownPairs.Add(callerMethod, method, pair, memory);
        arena->OpenTruncated.Add(arena->Stack, callerMethod, method, memory);
        Count(arena, caller);
        return pair;
    }

    /// <summary>Does what <see cref="Enter"/> does, if nothing is needed for it that takes long, or asks the system.</summary>
    /// <returns>Null if it was not done.</returns>
    public static Node* TryEnter(ThreadArena* arena, int method, RecorderMemory memory)
    {
        var caller = arena->Stack.Topmost;
        var callerMethod = CallerOf(arena, caller);
        var pair = arena->KnownPairs.Find(callerMethod, method);
        if (pair == null)
        {
            pair = arena->KnownPairs.IsEmpty ? null : TruncatedTable.TryFind(arena, callerMethod, method);
            if (pair == null)
                return null;
            arena->KnownPairs.Add(callerMethod, method, pair, memory);
        }
        if (!arena->OpenTruncated.TryAdd(arena->Stack, callerMethod, method, memory))
            return null;
        Count(arena, caller);
        return pair;
    }

    /// <summary>Charges the topmost activation, which is truncated, and removes it.</summary>
    public static void Exit(ThreadArena* arena, Frame* frame, long now)
    {
        var pair = frame->Node;
        var elapsed = (arena->Sampled.IsOn ? arena->Sampled.Charged : now) - frame->Start;
        var (isOutermostOfPair, isOutermost) =
            arena->OpenTruncated.Remove(TruncatedNode.MethodOf(pair), TruncatedNode.MethodOf(pair->LastChild));
        TruncatedTable.Charge(arena, pair, elapsed, elapsed - frame->ChildTime, isOutermostOfPair, isOutermost);
        var parent = frame - 1;
        parent->ChildTime += elapsed;
        Volatile.Write(ref *(nint*)&arena->Stack.Top, (nint)parent);
        if (arena->Sampled.IsOn && !TruncatedNode.Is(parent->Node))
            parent->Node->TruncatedTicks += elapsed;
    }

    static void Count(ThreadArena* arena, Frame* caller)
    {
        if (!arena->Flat && !TruncatedNode.Is(caller->Node))
            caller->Node->AddTruncatedCall();
    }

    // A flat recording does not tell callers apart.
    static int CallerOf(ThreadArena* arena, Frame* caller) =>
        arena->Flat || caller == arena->Stack.Base ? TruncatedNode.NoCaller
        : TruncatedNode.Is(caller->Node) ? TruncatedNode.MethodOf(caller->Node->LastChild)
        : caller->Node->Method;
}
