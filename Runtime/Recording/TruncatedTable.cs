namespace ProfilerWeaver;

/// <summary>
/// Where the calls of all threads go for which there is no room in their trees of contexts: two levels, a context for
/// each method and below it one for each of its callers. It grows with the program, not with the number of threads or
/// calls. There is one for all threads, and recordings take turns.
/// </summary>
/// <remarks>
/// Its contexts are told from others by <see cref="TruncatedNode"/>. A truncated activation is charged to the context of its pair, whose <see cref="Node.LastChild"/> is
/// the context of its method.
/// </remarks>
static unsafe class TruncatedTable
{
    // Given back whatever happens: a thread may be aborted anywhere (ControlledExecution, .NET Framework's Thread.Abort), and all
    // others would wait for ever.
    static readonly BriefLock Gate = new();
    static NodePool nodes;
    static Children children;
    static RecordingEntry* recording;

    /// <summary>The context of a pair, whatever memory it takes.</summary>
    /// <param name="arena">That of the calling thread.</param>
    /// <param name="caller">The method that calls; <see cref="TruncatedNode.NoCaller"/> for the thread itself.</param>
    /// <param name="method">The method that is called.</param>
    /// <param name="memory">Where it lies.</param>
    /// <returns>Null if the thread's recording is over.</returns>
    public static Node* FindOrAdd(ThreadArena* arena, int caller, int method, RecorderMemory memory)
    {
        Gate.Enter();
        try
        {
            if (!IsOf(arena) && !Begin(arena, memory))
                return null;
            var only = recording->TruncatedBy;
            if (only != null && only != arena->Root)
                recording->TruncatedBy = null;
            var callee = FindOrAdd(recording->Truncated, method | TruncatedNode.Mark, memory);
            var pair = FindOrAdd(callee, caller | TruncatedNode.Mark, memory);
            pair->LastChild = callee;
            return pair;
        }
        finally
        {
            Gate.Exit();
        }
    }

    /// <summary>The context of a pair, if there is one, and nobody else is at the table.</summary>
    public static Node* TryFind(ThreadArena* arena, int caller, int method)
    {
        if (!Gate.TryEnter())
            return null;
        try
        {
            if (!IsOf(arena))
                return null;
            var callee = children.Find(recording->Truncated, method | TruncatedNode.Mark);
            return callee == null ? null : children.Find(callee, caller | TruncatedNode.Mark);
        }
        finally
        {
            Gate.Exit();
        }
    }

    /// <summary>Notes that an activation has ended, unless its recording is over.</summary>
    public static void Charge(
        ThreadArena* arena, Node* pair, long elapsed, long own, bool isOutermostOfPair, bool isOutermost)
    {
        Gate.Enter();
        try
        {
            if (!IsOf(arena))
                return;
            Charge((FlatNode*)pair, elapsed, own, isOutermostOfPair, arena->Sampled.IsOn);
            Charge((FlatNode*)pair->LastChild, elapsed, own, isOutermost, arena->Sampled.IsOn);
        }
        finally
        {
            Gate.Exit();
        }
    }

    // The arithmetic of CPython's leave, once for the method and once for the pair.
    static void Charge(FlatNode* node, long elapsed, long own, bool isOutermost, bool isSampled)
    {
        node->Node.Self += own;
        node->Node.Calls++;
        node->Add(elapsed, isOutermost, isSampled);
    }

    static bool IsOf(ThreadArena* arena) => recording != null && recording->Number == arena->Session;

    // A thread may come late, whose recording has ended while it was on its way here.
    static bool Begin(ThreadArena* arena, RecorderMemory memory)
    {
        if (recording != null && recording->Number > arena->Session)
            return false;
        children.Clear(memory);
        nodes.Rewind();
        var root = nodes.Add(Node.TruncatedMethod, memory);
        recording = Registry.Find(arena->Session);
        recording->TruncatedBy = arena->HasTree ? arena->Root : null;
        Volatile.Write(ref *(nint*)&recording->Truncated, (nint)root);
        return true;
    }

    static Node* FindOrAdd(Node* parent, int method, RecorderMemory memory)
    {
        var child = children.Find(parent, method);
        if (child == null)
        {
            child = nodes.AddFlat(method, memory);
            children.Add(parent, child, memory);
        }
        return child;
    }
}
