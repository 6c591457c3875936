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

    long[]? recursive;
    long[]? resumes;
    long[]? truncated;
    long[]? samples;
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

    public override void Enter(int method, in ContextFigures figures)
    {
        if (count == methods.Length)
            Grow();
        methods[count] = method;
        calls.Set(count, figures.Calls);
        unchecked
        {
            sum += figures.SelfTicks;
        }
        before[count + 1] = sum;
        Set(ref recursive, figures.RecursiveCalls);
        Set(ref resumes, figures.Resumes);
        Set(ref truncated, figures.TruncatedCalls);
        Set(ref samples, figures.Samples);
        SetSlowest(figures.SlowestTicks);
        SetOccurrence(figures.Occurrence);
        if (!figures.Async.IsEmpty)
            (async ??= new()).Add(count, figures.Async);
        if (depth == path.Length)
            Array.Resize(ref path, depth * 2);
        path[depth++] = (count++, derivesTotals ? elsewhere : figures.CumulativeTicks);
        if (derivesTotals)
            elsewhere = unchecked(elsewhere + figures.CumulativeTicks);
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
        var end = from.EndOf(top);
        var moved = count - top;
        for (var place = top; place < end; place++)
        {
            if (count == methods.Length)
                Grow();
            methods[count] = from.MethodOf(place);
            ends[count] = from.EndOf(place) + moved;
            calls.Set(count, from.CallsOf(place));
            before[count + 1] = sum = unchecked(sum + from.SelfOf(place));
            Set(ref recursive, from.RecursiveOf(place));
            Set(ref resumes, from.ResumesOf(place));
            Set(ref truncated, from.TruncatedOf(place));
            Set(ref samples, from.SamplesOf(place));
            SetSlowest(from.SlowestOf(place));
            if (from.HasOccurrences)
                SetOccurrence(from.OccurrenceOf(place));
            count++;
        }
    }

    /// <summary>The tree; the builder is used up.</summary>
    public CallTree Build()
    {
        Array.Resize(ref exceptions, exceptionCount);
        Array.Resize(ref cumulativeOfExceptions, exceptionCount);
        var times = new ContextTimes(before, exceptions, cumulativeOfExceptions);
        return new(new ContextColumns(count, methods, ends, calls, times, recursive, resumes, truncated, samples, slowest, occurrences, async));
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

    void Set(ref long[]? column, long value)
    {
        if (value == 0)
            return;
        column ??= new long[methods.Length];
        column[count] = value;
    }

    void SetSlowest(long ticks)
    {
        if (ticks != 0)
            (slowest ??= new(methods.Length))[count] = ticks;
    }

    void SetOccurrence(in Occurrence occurrence)
    {
        if (occurrence.Profiles != 0)
            (occurrences ??= new(methods.Length))[count] = occurrence;
    }

    void Grow()
    {
        var capacity = Math.Max(64, checked(count + count / 2));
        Array.Resize(ref methods, capacity);
        Array.Resize(ref ends, capacity);
        calls.Resize(capacity);
        Array.Resize(ref before, capacity + 1);
        GrowSparse(ref recursive, capacity);
        GrowSparse(ref resumes, capacity);
        GrowSparse(ref truncated, capacity);
        GrowSparse(ref samples, capacity);
        slowest?.Resize(capacity);
        occurrences?.Resize(capacity);
    }

    static void GrowSparse(ref long[]? column, int capacity)
    {
        if (column is not null)
            Array.Resize(ref column, capacity);
    }
}
