using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

// Async methods: whatever an activation does after an await is that of the context in which it was called. A thread writes to
// its own memory only, so a resume opens a context in the tree of the thread that it happens on, which names the one that it
// continues; a reader of the profile puts them together.
public static unsafe partial class Recorder
{
    /// <summary>Notes that the state machine of an async method is entered on this thread: at first, which is the call, or
    /// again.</summary>
    /// <param name="method">The id of the method; the one after it stands for its resumes.</param>
    /// <param name="activation">What the state machine keeps for the recorder.</param>
    /// <returns>The token that <see cref="Suspend"/> or <see cref="Complete"/> takes; 0 if nothing is recorded.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint EnterAsync(int method, ref AsyncActivation activation)
    {
        if (s_session != 0)
            return activation.IsEntered ? Resume(method + 1, ref activation) : Begin(method, ref activation);
        activation.IsEntered = true;
        return 0;
    }

    /// <summary>Notes that an async method waits, or that its state machine is left in whatever other way.</summary>
    /// <param name="token">What <see cref="EnterAsync"/> returned.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Suspend(nint token)
    {
        if (token != 0)
            PopSuspended(token);
    }

    /// <summary>Notes that an async method has its result, or its exception.</summary>
    /// <param name="token">What <see cref="EnterAsync"/> returned.</param>
    /// <param name="activation">What the state machine keeps for the recorder.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Complete(nint token, ref AsyncActivation activation)
    {
        if ((token & ResumedToken) != 0)
            CompleteResumed(token, ref activation);
        else
            Exit(token);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static nint Begin(int method, ref AsyncActivation activation)
    {
        activation.IsEntered = true;
        var token = Push(method, isAsync: true);
        activation.IsWatched = (token & WatchedToken) != 0;
        if (token == 0 || (token & TruncatedToken) != 0)
            return token;
        var frame = FrameOf(token);
        var arena = ThreadArena.Of(frame);
        // A flat recording does not tell callers apart.
        if (arena->Flat)
            return token;
        activation.Session = arena->Session;
        activation.Origin = (nint)frame->Node;
        activation.Start = frame->Start + arena->Excluded;
        return token;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static nint Resume(int method, ref AsyncActivation activation)
    {
        if (method < 0 || !(t_arena != null && t_arena->Session == s_session) && !TryJoin())
            return 0;
        var arena = t_arena;
        // A call that is in another recording, or was truncated, is continued where it is resumed.
        var origin = activation.Session == arena->Session ? (Node*)activation.Origin : null;
        var token = Continue(arena, method, origin);
        if (token == 0 || (origin == null && !activation.IsWatched))
            return token;
        if (s_scope != null && origin != null && (token & TruncatedToken) == 0)
            EnterScopesOf(arena, origin);
        return token | ResumedToken;
    }

    // Enters a context of resumes on top of the stack.
    static nint Continue(ThreadArena* arena, int method, Node* origin)
    {
        arena->HasSuspended = true;
        var caller = arena->Stack.Top->Node;
        Node* node = null;
        if (arena->Stack.Top + 1 != arena->Stack.End && !TruncatedNode.Is(caller))
        {
            node = caller->LastChild;
            if (node->Method != method || ((AsyncNode*)node)->Origin != origin)
                node = arena->FindContinuation(caller, method, origin);
        }
        if (node == null)
            return EnterGrowing(arena, method, isAsync: true, origin);
        var frame = Place(arena, node, mark: 0);
        frame->Start = Now() - arena->Excluded;
        return (nint)frame;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void PopSuspended(nint token)
    {
        var frame = FrameOf(token);
        var arena = ThreadArena.Of(frame);
        if (s_scope != null)
            SuspendScopesAbove(arena, frame);
        // It has not ended.
        if ((token & WatchedToken) != 0)
            s_watched = null;
        if ((token & (ResumedToken | TruncatedToken)) != 0 || arena->Flat || !IsOpen(arena, frame))
        {
            PopTimed(token & ~(nint)(ResumedToken | WatchedToken));
            return;
        }
        var node = (AsyncNode*)frame->Node;
        var start = frame->Start + arena->Excluded;
        var before = node->Node.Cumulative;
        PopTimed((nint)frame);
        arena->HasSuspended = true;
        node->SuspendedTicks += node->Node.Cumulative - before;
        node->Instants += start;
        node->Activations++;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void CompleteResumed(nint token, ref AsyncActivation activation)
    {
        var frame = FrameOf(token);
        var arena = ThreadArena.Of(frame);
        var now = Now();
        if (activation.Session == arena->Session && IsOpen(arena, frame))
        {
            if ((token & TruncatedToken) == 0)
                CompleteHere((AsyncNode*)frame->Node, now, activation);
            else
                CompleteElsewhere(now, activation);
        }
        PopAt(token & ~(nint)ResumedToken, now);
        if (activation.IsWatched)
            TellWatched(arena);
    }

    static void CompleteHere(AsyncNode* continuation, long now, in AsyncActivation activation)
    {
        continuation->Instants += now;
        continuation->Activations++;
        if (!s_countsOnly && now - activation.Start > continuation->Node.Slowest)
            continuation->Node.Slowest = now - activation.Start;
    }

    // Not in a context of the thread's own.
    static void CompleteElsewhere(long now, in AsyncActivation activation)
    {
        var origin = (AsyncNode*)activation.Origin;
        Interlocked.Add(ref origin->TruncatedInstants, now);
        Interlocked.Increment(ref origin->TruncatedCompletions);
        var elapsed = now - activation.Start;
        long slowest;
        do
            slowest = Interlocked.Read(ref origin->TruncatedSlowest);
        while (elapsed > slowest && Interlocked.CompareExchange(ref origin->TruncatedSlowest, elapsed, slowest) != slowest);
    }

    // Whether it is an activation of the recording in progress.
    static bool IsOpen(ThreadArena* arena, Frame* frame) =>
        arena->Session == s_session && (arena->Stack.Top == frame || arena->Stack.IsOpen(frame));
}
