namespace ProfilerWeaver;

/// <summary>Makes the columns of a <see cref="CallTree"/> from its contexts, in preorder.</summary>
sealed class CallTreeColumns : ContextSink
{
    int count;
    int[] methods;
    int[] ends;
    long[] calls;
    long[] self;
    long[] cumulative;
    long[]? recursive;
    long[]? resumes;
    long[]? folded;
    long[]? samples;

    // The contexts that were entered and not left yet.
    int[] path = new int[64];
    int depth;

    /// <param name="capacity">How many contexts are expected. If it is right, nothing is copied.</param>
    public CallTreeColumns(int capacity = 64)
    {
        methods = new int[capacity];
        ends = new int[capacity];
        calls = new long[capacity];
        self = new long[capacity];
        cumulative = new long[capacity];
    }

    public override void Enter(int method, in ContextFigures figures)
    {
        if (count == methods.Length)
            Grow();
        methods[count] = method;
        calls[count] = figures.Calls;
        self[count] = figures.SelfTicks;
        cumulative[count] = figures.CumulativeTicks;
        Set(ref recursive, figures.RecursiveCalls);
        Set(ref resumes, figures.Resumes);
        Set(ref folded, figures.FoldedCalls);
        Set(ref samples, figures.Samples);
        if (depth == path.Length)
            Array.Resize(ref path, depth * 2);
        path[depth++] = count++;
    }

    public override void Leave() => ends[path[--depth]] = count;

    /// <summary>The tree; the builder is used up.</summary>
    public CallTree Build() =>
        new(new ContextColumns(count, methods, ends, calls, self, cumulative, recursive, resumes, folded, samples));

    void Set(ref long[]? column, long value)
    {
        if (value == 0)
            return;
        column ??= new long[methods.Length];
        column[count] = value;
    }

    void Grow()
    {
        var capacity = Math.Max(64, checked(count + count / 2));
        Array.Resize(ref methods, capacity);
        Array.Resize(ref ends, capacity);
        Array.Resize(ref calls, capacity);
        Array.Resize(ref self, capacity);
        Array.Resize(ref cumulative, capacity);
        GrowSparse(ref recursive, capacity);
        GrowSparse(ref resumes, capacity);
        GrowSparse(ref folded, capacity);
        GrowSparse(ref samples, capacity);
    }

    static void GrowSparse(ref long[]? column, int capacity)
    {
        if (column is not null)
            Array.Resize(ref column, capacity);
    }
}
