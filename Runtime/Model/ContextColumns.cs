namespace ProfilerWeaver;

/// <summary>The contexts of a thread, one array for each figure, in preorder: a context is followed by all that lie below
/// it.</summary>
sealed class ContextColumns
{
    readonly int[] methods;
    readonly int[] ends;
    readonly CallsColumn calls;
    readonly ContextTimes times;
    readonly RareColumns rare;

    // Null where all are 0, as they are in most trees.
    readonly SlowestColumn? slowest;
    readonly OccurrenceColumns? occurrences;
    readonly AsyncColumns? async;

    public ContextColumns(
        int count, int[] methods, int[] ends, CallsColumn calls, ContextTimes times, RareColumns rare, SlowestColumn? slowest,
        OccurrenceColumns? occurrences, AsyncColumns? async)
    {
        Count = count;
        this.methods = methods;
        this.ends = ends;
        this.calls = calls;
        this.times = times;
        this.rare = rare;
        this.slowest = slowest;
        this.occurrences = occurrences;
        this.async = async;
    }

    /// <summary>How many contexts there are, the root included.</summary>
    public int Count { get; }

    public int MethodOf(int index) => methods[index];

    /// <summary>The place behind the last context below this one.</summary>
    public int EndOf(int index) => ends[index];

    public long CallsOf(int index) => calls[index];

    public long SelfOf(int index) => times.SelfOf(index);

    public long CumulativeOf(int index) => times.CumulativeOf(index, ends[index]);

    /// <summary>How much longer the cumulative time is than the own times of the context and of all below it together.</summary>
    public long BeyondOf(int index) => times.BeyondOf(index, ends[index]);

    public long RecursiveOf(int index) => rare.Of(RareFigure.RecursiveCalls, index);

    public long ResumesOf(int index) => rare.Of(RareFigure.Resumes, index);

    public long TruncatedOf(int index) => rare.Of(RareFigure.TruncatedCalls, index);

    public long SamplesOf(int index) => rare.Of(RareFigure.Samples, index);

    public long SlowestOf(int index) => slowest is null ? 0 : slowest[index];

    public Occurrence OccurrenceOf(int index) => occurrences is null ? default : occurrences[index];

    public AsyncFigures AsyncOf(int index) => async is null ? default : async.Of(index);

    /// <summary>The contexts of async methods; null if there are none.</summary>
    public AsyncColumns? Async => async;

    public ContextFigures FiguresOf(int index) => new()
    {
        Calls = calls[index],
        RecursiveCalls = RecursiveOf(index),
        Resumes = ResumesOf(index),
        SelfTicks = SelfOf(index),
        CumulativeTicks = CumulativeOf(index),
        TruncatedCalls = TruncatedOf(index),
        Samples = SamplesOf(index),
        SlowestTicks = SlowestOf(index),
        Occurrence = OccurrenceOf(index),
        Async = AsyncOf(index),
    };

    /// <summary>Whether a context has figures other than calls, times, the slowest call and the occurrence. Few have.</summary>
    public bool HasOthers(int index) => rare.HasAny(index) || async?.HasAny(index, index + 1) == true;

    /// <summary>Whether a context, and all below it, is of no async method, and its time is the sum of the times below it.</summary>
    public bool IsPlain(int index) => times.AreSums(index, ends[index]) && async?.HasAny(index, ends[index]) != true;

    /// <summary>Copies a plain context, and all below it, to the columns of another tree.</summary>
    /// <param name="top">The context.</param>
    /// <param name="place">Its place in the other tree.</param>
    /// <param name="toMethods">The methods there.</param>
    /// <param name="toEnds">The ends there.</param>
    /// <param name="toCalls">The calls there.</param>
    /// <param name="toBefore">The sums of own times there, up to the context.</param>
    public void CopyTo(int top, int place, int[] toMethods, int[] toEnds, ref CallsColumn toCalls, long[] toBefore)
    {
        var count = ends[top] - top;
        Array.Copy(methods, top, toMethods, place, count);
        for (var i = 0; i < count; i++)
            toEnds[place + i] = ends[top + i] - top + place;
        toCalls.Copy(calls, top, place, count);
        times.CopyTo(top, toBefore, place, count);
    }

    /// <summary>The figures that few contexts have.</summary>
    public RareColumns Rare => rare;

    /// <summary>The slowest calls; null if they are known of no context.</summary>
    public SlowestColumn? Slowest => slowest;

    /// <summary>In how many profiles the contexts occur; null if that is known of none.</summary>
    public OccurrenceColumns? Occurrences => occurrences;

    /// <summary>Shows all contexts to a sink.</summary>
    public void Visit(ContextSink sink)
    {
        // For each context on the current path, where it ends.
        var path = new int[64];
        var depth = 0;
        for (var i = 0; i < Count; i++)
        {
            while (depth > 0 && path[depth - 1] <= i)
            {
                sink.Leave();
                depth--;
            }
            if (depth == path.Length)
                Array.Resize(ref path, depth * 2);
            path[depth++] = ends[i];
            var figures = FiguresOf(i);
            sink.Enter(methods[i], figures);
        }
        for (; depth > 0; depth--)
            sink.Leave();
    }

    /// <summary>The same contexts with other times.</summary>
    /// <param name="self">The own times.</param>
    /// <param name="cumulative">The cumulative times.</param>
    /// <param name="longest">The slowest calls; null: as they are.</param>
    public ContextColumns WithTimes(long[] self, long[] cumulative, SlowestColumn? longest = null) =>
        new(Count, methods, ends, calls, ContextTimes.Of(self, cumulative, ends), rare, longest ?? slowest, occurrences,
            async);

    /// <summary>The same contexts when what the recorder took was taken off.</summary>
    public ContextColumns Compensated(ContextTimes left, SlowestColumn? longest) =>
        new(Count, methods, ends, calls, left, rare, longest, occurrences,
            async?.WithRunning(CumulativeOf, place => left.CumulativeOf(place, ends[place])));

    /// <summary>The same contexts with indices of methods that are larger by <paramref name="offset"/>.</summary>
    public ContextColumns WithMethodsFrom(int offset)
    {
        var shifted = new int[Count];
        for (var i = 0; i < Count; i++)
            shifted[i] = methods[i] < 0 ? methods[i] : methods[i] + offset;
        return new(Count, shifted, ends, calls, times, rare, slowest, occurrences, async);
    }
}
