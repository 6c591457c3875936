namespace ProfilerWeaver;

/// <summary>Makes the columns of a <see cref="CallTree"/> from its contexts, in preorder.</summary>
sealed class CallTreeColumns : ContextSink
{
    int count;
    int[] methods;
    int[] ends;
    CallsColumn calls;

    // The sum of the own times of all contexts before each (ContextTimes), and the contexts that are exceptions.
    long[] before;
    long sum;
    int[] exceptions = [];
    long[] cumulativeOfExceptions = [];
    int exceptionCount;

    readonly RareColumns rare = new();
    SlowestColumn? slowest;
    OccurrenceColumns? occurrences;
    AsyncColumns? async;

    // The contexts that were entered and not left yet: what is known of their cumulative times.
    (int Index, long Cumulative)[] path = new (int, long)[64];
    int depth;

    // All that is in no context below.
    readonly bool derivesTotals;
    long elsewhere;

    /// <param name="capacity">How many contexts are expected. If it is right, nothing is copied.</param>
    /// <param name="derivesTotals">Whether what a context is entered with, in the place of its cumulative time, is what of that is in
    /// no context below it: the time in truncated calls, for example.</param>
    public CallTreeColumns(int capacity = 64, bool derivesTotals = false)
    {
        this.derivesTotals = derivesTotals;
        methods = new int[capacity];
        ends = new int[capacity];
        calls = new(capacity);
        before = new long[capacity + 1];
    }

    /// <summary>How many contexts there are so far.</summary>
    public int Count => count;

    public override void Enter(int method, in ContextFigures figures)
    {
        Enter(method, figures.Calls, figures.SelfTicks, figures.CumulativeTicks);
        var index = count - 1;
        rare.Set(RareFigure.RecursiveCalls, index, figures.RecursiveCalls, methods.Length);
        rare.Set(RareFigure.Resumes, index, figures.Resumes, methods.Length);
        rare.Set(RareFigure.TruncatedCalls, index, figures.TruncatedCalls, methods.Length);
        rare.Set(RareFigure.Samples, index, figures.Samples, methods.Length);
        SetSlowest(index, figures.SlowestTicks);
        SetOccurrence(index, figures.Occurrence);
        SetAsync(index, figures.Async);
    }

    /// <summary>Enters a context with the figures that all have. It may get others before the next one is entered, or with those of
    /// others that follow it.</summary>
    public void Enter(int method, long calls, long selfTicks, long cumulativeTicks)
    {
        if (count == methods.Length)
            Reserve(1);
        methods[count] = method;
        this.calls.Set(count, calls);
        before[count + 1] = sum = unchecked(sum + selfTicks);
        if (depth == path.Length)
            Array.Resize(ref path, depth * 2);
        path[depth++] = (count++, derivesTotals ? elsewhere : cumulativeTicks);
        if (derivesTotals)
            elsewhere = unchecked(elsewhere + cumulativeTicks);
    }

    /// <summary>Sets a figure of contexts that were entered one after the other.</summary>
    /// <param name="figure">Which.</param>
    /// <param name="start">The first of them.</param>
    /// <param name="values">The figures.</param>
    /// <param name="number">How many contexts.</param>
    public void Set(RareFigure figure, int start, long[] values, int number) => rare.Set(figure, start, values, number, methods.Length);

    /// <summary>Sets the slowest call of a context that was entered.</summary>
    public void SetSlowest(int index, long ticks)
    {
        if (ticks != 0)
            (slowest ??= new(methods.Length))[index] = ticks;
    }

    /// <summary>Sets in how many profiles a context that was entered occurs.</summary>
    public void SetOccurrence(int index, in Occurrence occurrence)
    {
        if (occurrence.Profiles != 0)
            (occurrences ??= new(methods.Length))[index] = occurrence;
    }

    /// <summary>Sets the async figures of a context that was entered behind all that have some.</summary>
    public void SetAsync(int index, in AsyncFigures figures)
    {
        if (!figures.IsEmpty)
            (async ??= new()).Add(index, figures);
    }

    public override void Leave()
    {
        var (index, cumulative) = path[--depth];
        ends[index] = count;
        var below = unchecked(sum - before[index]);
        // The root stands for the thread, which has no times.
        if (derivesTotals)
            cumulative = index == 0 ? 0 : unchecked(below + elsewhere - cumulative);
        if (cumulative != below)
            AddException(index, cumulative);
    }

    /// <summary>Enters and leaves a context of another tree and all below it, which must be plain (<see cref="ContextColumns.IsPlain"/>).</summary>
    public void Copy(ContextColumns from, int top)
    {
        var copied = from.EndOf(top) - top;
        Reserve(copied);
        from.CopyTo(top, count, methods, ends, ref calls, before);
        rare.Copy(from.Rare, top, count, copied, methods.Length);
        if (from.Slowest is not null)
            (slowest ??= new(methods.Length)).Copy(from.Slowest, top, count, copied);
        if (from.Occurrences is not null)
            (occurrences ??= new(methods.Length)).Copy(from.Occurrences, top, count, copied);
        count += copied;
        sum = before[count];
    }

    /// <summary>The tree; the builder is used up.</summary>
    public CallTree Build()
    {
        Array.Resize(ref exceptions, exceptionCount);
        Array.Resize(ref cumulativeOfExceptions, exceptionCount);
        var times = new ContextTimes(before, exceptions, cumulativeOfExceptions);
        return new(new ContextColumns(count, methods, ends, calls, times, rare, slowest, occurrences, async));
    }

    void AddException(int index, long cumulative)
    {
        if (exceptionCount == exceptions.Length)
        {
            Array.Resize(ref exceptions, Math.Max(16, 2 * exceptionCount));
            Array.Resize(ref cumulativeOfExceptions, exceptions.Length);
        }
        exceptions[exceptionCount] = index;
        cumulativeOfExceptions[exceptionCount++] = cumulative;
    }

    // By half at least, so that many that come one by one are not copied each time.
    void Reserve(int more)
    {
        if (count + more <= methods.Length)
            return;
        var capacity = Math.Max(64, Math.Max(checked(count + more), checked(count + count / 2)));
        Array.Resize(ref methods, capacity);
        Array.Resize(ref ends, capacity);
        calls.Resize(capacity);
        Array.Resize(ref before, capacity + 1);
        rare.Resize(capacity);
        slowest?.Resize(capacity);
        occurrences?.Resize(capacity);
    }
}
