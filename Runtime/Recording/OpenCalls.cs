namespace ProfilerWeaver;

/// <summary>
/// The activations of a thread that have not ended, and what each adds to its context if it counts as ended now: the same
/// arithmetic as in <c>Recorder.Close</c>. Of a thread that stands in the midst of Enter or Close, the topmost start or
/// child time is not right yet: no time becomes negative by it, or longer than its caller's.
/// </summary>
sealed unsafe class OpenCalls
{
    readonly List<OpenFrame> frames;
    readonly bool isSampled;
    readonly long[] elapsed;
    readonly long[] own;

    // From the address of a context to its topmost activation, and from there to the next one below; -1: none.
    readonly Dictionary<nint, int> topmost = [];
    readonly int[] next;

    // Of the addresses in there, a bit each: nearly all contexts that are asked for are not open.
    ulong sieve;

    // By activation, their contexts as they were when the recording ended; null while it goes on.
    Node[]? contexts;
    long[]? recursive;

    /// <param name="frames">The activations, from the top down.</param>
    /// <param name="start">The clock when the recording began.</param>
    /// <param name="now">The clock when they ended.</param>
    /// <param name="clockIsCustom">Whether the clock may run backwards.</param>
    /// <param name="isSampled">Whether only truncated activations have times.</param>
    public OpenCalls(List<OpenFrame> frames, long start, long now, bool clockIsCustom, bool isSampled)
    {
        this.frames = frames;
        this.isSampled = isSampled;
        elapsed = new long[frames.Count];
        own = new long[frames.Count];
        next = new int[frames.Count];
        long timeAbove = 0;
        for (var i = 0; i < frames.Count; i++)
        {
            var frame = frames[i];
            if (isSampled && !frame.IsTruncated)
            {
                // Its own time has been charged already, and so was that of what ended in it.
                elapsed[i] = i > 0 && frames[i - 1].IsTruncated ? elapsed[i - 1] : 0;
                continue;
            }
            elapsed[i] = now - frame.Start;
            own[i] = elapsed[i] - frame.ChildTime - timeAbove;
            if (!clockIsCustom && !isSampled)
            {
                var earliest = i + 1 < frames.Count ? frames[i + 1].Start : start;
                elapsed[i] = Math.Max(0, Math.Min(elapsed[i], now - earliest));
                own[i] = Math.Min(Math.Max(0, own[i]), elapsed[i]);
            }
            timeAbove = elapsed[i];
        }
        for (var i = frames.Count - 1; i >= 0; i--)
        {
            next[i] = topmost.TryGetValue(frames[i].Node, out var below) ? below : -1;
            topmost[frames[i].Node] = i;
            sieve |= BitOf(frames[i].Node);
        }
    }

    /// <summary>No activation, or none that is to be counted.</summary>
    public static OpenCalls None { get; } = new([], 0, 0, clockIsCustom: false, isSampled: false);

    /// <summary>Keeps the contexts as they are now. Activations that end after their recording are still charged to
    /// them.</summary>
    /// <param name="isFlat">Whether they can be entered again while they are open.</param>
    public void KeepContexts(bool isFlat)
    {
        contexts = new Node[frames.Count];
        recursive = new long[frames.Count];
        for (var i = 0; i < contexts.Length; i++)
        {
            contexts[i] = *(Node*)frames[i].Node;
            if (isFlat)
                recursive[i] = ((FlatNode*)frames[i].Node)->Recursive;
        }
    }

    /// <summary>Replaces what was read of a context by what it was when the recording ended.</summary>
    public void Restore(nint address, ref Node node, ref long recursiveCalls)
    {
        if (contexts is not null && TryFind(address, out var index))
            (node, recursiveCalls) = (contexts[index], recursive![index]);
    }

    /// <summary>How many there are.</summary>
    public int Count => frames.Count;

    /// <summary>The address of an activation's context.</summary>
    /// <param name="index">Which one, from the top down.</param>
    public nint ContextOf(int index) => frames[index].Node;

    /// <summary>The id of an activation's method.</summary>
    /// <param name="index">Which one, from the top down.</param>
    public int MethodOf(int index) => frames[index].Method;

    /// <summary>Whether an activation's context is in no tree.</summary>
    /// <param name="index">Which one, from the top down.</param>
    public bool IsTruncated(int index) => frames[index].IsTruncated;

    /// <summary>Counts the activations of a context of a tree as ended.</summary>
    /// <param name="address">The address of the context.</param>
    /// <param name="ended">How many of its activations have ended. If one has ended since the stack was read, it was
    /// the one that was open then: a context of a tree has one at most.</param>
    /// <param name="isResume">Whether its calls are resumes.</param>
    /// <param name="figures">The figures to add to.</param>
    /// <returns>How many were counted.</returns>
    public int CloseInTree(nint address, long ended, bool isResume, ref ContextFigures figures)
    {
        if (!TryFind(address, out var index) || frames[index].Calls != ended)
            return 0;
        Close(index, isOutermost: true, isResume, ref figures);
        return 1;
    }

    /// <summary>Counts the activations of a context as ended that can have several open.</summary>
    /// <param name="address">The address of the context.</param>
    /// <param name="level">How many were open when its figures were read.</param>
    /// <param name="isResume">Whether its calls are resumes.</param>
    /// <param name="figures">The figures to add to.</param>
    /// <returns>How many were counted.</returns>
    public int CloseFlat(nint address, int level, bool isResume, ref ContextFigures figures)
    {
        var closed = 0;
        if (!TryFind(address, out var index))
            return 0;
        for (; index >= 0 && level > 0; index = next[index], closed++)
            Close(index, --level == 0, isResume, ref figures);
        return closed;
    }

    /// <summary>Counts an activation as ended.</summary>
    /// <param name="index">Which one, from the top down.</param>
    /// <param name="isOutermost">Whether no other one of its context is open.</param>
    /// <param name="isResume">Whether the calls of its context are resumes.</param>
    /// <param name="figures">The figures to add to.</param>
    public void Close(int index, bool isOutermost, bool isResume, ref ContextFigures figures)
    {
        figures.SelfTicks += own[index];
        if (isOutermost)
        {
            figures.CumulativeTicks += elapsed[index];
            if (!isSampled)
                figures.SlowestTicks = SlowestCall.Of(figures.SlowestTicks, elapsed[index]);
        }
        else if (!isResume)
            figures.RecursiveCalls++;
        if (isResume)
            figures.Resumes++;
        else
            figures.Calls++;
    }

    // Contexts are 64 bytes long, or twice that.
    static ulong BitOf(nint address) => 1UL << (int)(address >> 6);

    bool TryFind(nint address, out int index)
    {
        index = -1;
        return (sieve & BitOf(address)) != 0 && topmost.TryGetValue(address, out index);
    }
}

/// <summary>An activation that was open when the stack was read.</summary>
/// <param name="Slot">The address of its frame.</param>
/// <param name="Node">The address of its context.</param>
/// <param name="Method">Its method.</param>
/// <param name="Start">The clock when it began.</param>
/// <param name="ChildTime">Ticks in the activations that it made and that have ended.</param>
/// <param name="Calls">How many activations of its context had ended.</param>
/// <param name="IsTruncated">Whether its context is in no tree.</param>
sealed record OpenFrame(nint Slot, nint Node, int Method, long Start, long ChildTime, long Calls, bool IsTruncated)
{
    /// <summary>Whether the other one is the same activation, at another time.</summary>
    public bool IsSame(OpenFrame other) => Slot == other.Slot && Node == other.Node && Start == other.Start;
}
