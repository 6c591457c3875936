namespace ProfilerWeaver;

/// <summary>Reads what contexts of async methods have besides: how long activations took, and which context continues
/// which.</summary>
/// <param name="end">The clock when those that have not completed are to end; null if it is none of all threads, so that nothing
/// is known of the time between.</param>
sealed unsafe class SuspendedCalls(long? end)
{
    readonly Dictionary<nint, int> keys = [];

    /// <summary>Adds the figures of a context.</summary>
    /// <param name="address">Its address.</param>
    /// <param name="node">The context; null if it is in no file.</param>
    /// <param name="isResume">Whether it is one of resumes.</param>
    /// <param name="running">How long activations were running in it.</param>
    /// <param name="context">What it is added to: the parts of one context have one key. Its slowest call is that of this
    /// part.</param>
    public void Add(nint address, AsyncNode* node, bool isResume, long running, ref ContextFigures context)
    {
        if (node == null)
            return;
        ref var figures = ref context.Async;
        var origin = node->Origin;
        if (origin != null)
            figures.Continues = KeyOf((nint)origin);
        else if (!isResume)
            figures.Key = KeyOf(address);
        context.SlowestTicks = SlowestOf(node, isResume, context.SlowestTicks);
        // Resumed, but not as part of a call of this recording: nobody knows since when.
        if (isResume && origin == null)
            return;
        var completed = isResume ? node->Activations : node->TruncatedCompletions;
        var completedAt = isResume ? node->Instants : node->TruncatedInstants;
        var (begun, begunAt) = isResume ? (0, 0) : (node->Activations, node->Instants);
        figures.OpenCalls += begun - completed;
        if (end is not { } now)
            return;
        // Each instant is of a clock that may have counted for days, and their sum may have no room; their difference has.
        var elapsed = unchecked(begun * now - begunAt - (completed * now - completedAt));
        // What was not suspended took as long as it was running.
        if (!isResume)
            elapsed += running - node->SuspendedTicks;
        figures.ElapsedTicks += elapsed;
        figures.WaitingTicks += elapsed - running;
    }

    // Calls that were suspended end in a context of resumes, or in truncated calls.
    long SlowestOf(AsyncNode* node, bool isResume, long slowest)
    {
        if (isResume)
            return node->Origin == null || end is null ? 0 : slowest;
        return node->Activations == 0 ? slowest : end is null ? SlowestCall.Unknown : SlowestCall.Of(slowest, node->TruncatedSlowest);
    }

    /// <summary>What a context is called by those that continue it.</summary>
    public int KeyOf(nint address)
    {
        if (!keys.TryGetValue(address, out var key))
            keys[address] = key = keys.Count + 1;
        return key;
    }
}
