namespace ProfilerWeaver;

/// <summary>
/// The call trees of all threads and recordings put together into one: contexts with the same labels on the way to them are
/// one. Columns, as <see cref="CallTree"/> has them; a context is a number, and <see cref="CallContext"/> looks at it.
/// </summary>
sealed class ContextTree
{
    /// <summary>The number of no context.</summary>
    public const int None = -1;

    readonly List<MethodLabel> labels = [];
    int count;
    int[] labelOf;
    int[] firstCallees;
    int[] lastCallees;
    int[] nextSiblings;
    Figures[] figures;
    long[]? truncated;

    // From a caller and a label to the context; not needed as long as there is one tree with every label once.
    readonly Dictionary<long, int>? known;
    int firstRoot = None;
    int lastRoot = None;

    ContextTree(int capacity, bool mayRepeat)
    {
        labelOf = new int[capacity];
        firstCallees = new int[capacity];
        lastCallees = new int[capacity];
        nextSiblings = new int[capacity];
        figures = new Figures[capacity];
        known = mayRepeat ? [] : null;
    }

    /// <summary>Puts the trees of recordings together, with the recording overhead subtracted.</summary>
    public static ContextTree Of(IReadOnlyList<ProfileData> recordings)
    {
        var trees = 0;
        var largest = 0;
        foreach (var recording in recordings)
        {
            foreach (var thread in recording.Threads)
            {
                trees++;
                largest = Math.Max(largest, thread.Tree.Count);
            }
        }
        var mayRepeat = trees > 1 || recordings.Any(recording => recording.Methods.Distinct().Count() < recording.Methods.Count);
        var result = new ContextTree(largest, mayRepeat);
        var indexOfLabel = new Dictionary<MethodLabel, int>();
        foreach (var recording in recordings)
        {
            var indices = new int[recording.Methods.Count];
            for (var i = 0; i < indices.Length; i++)
                indices[i] = result.IndexOf(recording.Methods[i], indexOfLabel);
            var compensated = recording.Compensated();
            for (var i = 0; i < recording.Threads.Count; i++)
            {
                compensated.Threads[i].Tree.Visit(new Adding(result, indices, recording.SecondsPerTick, recording.Threads[i].Tree.Columns)
                {
                    HasOccurrences = recordings.Count == 1 && recording.MethodOccurrences is not null,
                });
            }
        }
        return result;
    }

    public MethodLabel LabelOf(int context) => labels[labelOf[context]];

    public Figures FiguresOf(int context) => figures[context];

    public long TruncatedCallsOf(int context) => truncated is null ? 0 : truncated[context];

    /// <summary>The first of the contexts that were entered from this one, or, for <see cref="None"/>, from outside every
    /// recorded method; they are in the order of their first call.</summary>
    public int FirstCallee(int context) => context == None ? firstRoot : firstCallees[context];

    /// <summary>The context that was entered next from the same one; <see cref="None"/> if there is none.</summary>
    public int NextSibling(int context) => nextSiblings[context];

    int IndexOf(MethodLabel label, Dictionary<MethodLabel, int> indexOfLabel)
    {
        if (!indexOfLabel.TryGetValue(label, out var index))
        {
            indexOfLabel[label] = index = labels.Count;
            labels.Add(label);
        }
        return index;
    }

    int FindOrAdd(int caller, int label)
    {
        var key = ((long)caller << 32) | (uint)label;
        if (known is not null && known.TryGetValue(key, out var context))
            return context;
        if (count == labelOf.Length)
            Grow();
        context = count++;
        if (known is not null)
            known[key] = context;
        labelOf[context] = label;
        firstCallees[context] = lastCallees[context] = nextSiblings[context] = None;
        var last = caller == None ? lastRoot : lastCallees[caller];
        if (last != None)
            nextSiblings[last] = context;
        else if (caller == None)
            firstRoot = context;
        else
            firstCallees[caller] = context;
        if (caller == None)
            lastRoot = context;
        else
            lastCallees[caller] = context;
        return context;
    }

    void Grow()
    {
        var capacity = Math.Max(64, checked(count + count / 2));
        Array.Resize(ref labelOf, capacity);
        Array.Resize(ref firstCallees, capacity);
        Array.Resize(ref lastCallees, capacity);
        Array.Resize(ref nextSiblings, capacity);
        Array.Resize(ref figures, capacity);
        if (truncated is not null)
            Array.Resize(ref truncated, capacity);
    }

    /// <summary>Adds the contexts of a tree.</summary>
    /// <param name="tree">What they are added to.</param>
    /// <param name="indices">For each method, its label's place in that.</param>
    /// <param name="secondsPerTick">The unit of the times.</param>
    /// <param name="measured">The same contexts with the times that were measured.</param>
    sealed class Adding(ContextTree tree, int[] indices, double secondsPerTick, ContextColumns measured) : ContextSink
    {
        int next;

        // The contexts on the current path; the root is none.
        int[] path = new int[64];
        int depth;

        /// <summary>Whether the figures say in how many profiles contexts occur.</summary>
        public bool HasOccurrences { get; init; }

        public override void Enter(int method, in ContextFigures figures)
        {
            if (depth == path.Length)
                Array.Resize(ref path, depth * 2);
            var index = next++;
            if (depth == 0)
            {
                path[depth++] = None;
                return;
            }
            var context = tree.FindOrAdd(path[depth - 1], indices[method]);
            path[depth++] = context;
            // Contexts that became one may be in the same profile.
            var occurrence = HasOccurrences && tree.figures[context] == default ? figures.SpelledOccurrence : default;
            var sum = tree.figures[context] + new Figures(
                figures.Calls,
                figures.Calls - figures.RecursiveCalls,
                figures.SelfTicks * secondsPerTick,
                figures.CumulativeTicks * secondsPerTick)
            {
                Resumes = figures.Resumes,
                RecordingTime = Compensation.Taken(measured.SelfOf(index), figures.SelfTicks) * secondsPerTick,
                Samples = figures.Samples,
                ElapsedTime = figures.Async.ElapsedTicks * secondsPerTick,
                WaitingTime = figures.Async.WaitingTicks * secondsPerTick,
                OpenCalls = figures.Async.OpenCalls,
                SlowestTime = Math.Max(0, figures.SlowestTicks) * secondsPerTick,
            };
            tree.figures[context] = sum with { Occurrence = occurrence };
            if (figures.TruncatedCalls == 0)
                return;
            tree.truncated ??= new long[tree.labelOf.Length];
            tree.truncated[context] += figures.TruncatedCalls;
        }

        public override void Leave() => depth--;
    }
}
