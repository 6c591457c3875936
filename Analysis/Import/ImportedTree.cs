namespace ProfilerWeaver;

/// <summary>The call tree of a thread in the making: stacks come in any order, and what is found again is added up.</summary>
/// <param name="file">Says how many contexts there may be.</param>
sealed class ImportedTree(ForeignFile file)
{
    public const int Root = 0;
    const int None = -1;
    const long Odd = -0x61C8864680B583EB;

    readonly List<Context> contexts = [new() { Method = -1, Last = None, Previous = None }];
    readonly Dictionary<long, int> known = [];

    /// <summary>The context of a method below another one.</summary>
    public int Below(int caller, int method, long offset)
    {
        // Spread over all bits, or many pairs would have the same hash.
        var key = unchecked(((long)caller << 32 | (uint)method) * Odd);
        if (known.TryGetValue(key, out var place))
            return place;
        file.CountContext(offset);
        known[key] = place = contexts.Count;
        var above = contexts[caller];
        contexts.Add(new() { Method = method, Last = None, Previous = above.Last });
        above.Last = place;
        contexts[caller] = above;
        return place;
    }

    /// <summary>Adds to the figures of a context.</summary>
    public void Add(int context, in ContextFigures figures)
    {
        var sum = contexts[context];
        sum.Calls = unchecked(sum.Calls + figures.Calls);
        sum.Resumes = unchecked(sum.Resumes + figures.Resumes);
        sum.Self = unchecked(sum.Self + figures.SelfTicks);
        sum.Samples = unchecked(sum.Samples + figures.Samples);
        contexts[context] = sum;
    }

    /// <summary>The tree, with callees in the order in which they were seen.</summary>
    public CallTree Build()
    {
        // A context comes after its caller.
        var all = contexts.ToArray();
        var caller = new int[all.Length];
        for (var i = 0; i < all.Length; i++)
        {
            for (var callee = all[i].Last; callee != None; callee = all[callee].Previous)
                caller[callee] = i;
        }
        var cumulative = new long[all.Length];
        for (var i = all.Length - 1; i >= 0; i--)
        {
            cumulative[i] = unchecked(cumulative[i] + all[i].Self);
            if (i != Root)
                cumulative[caller[i]] = unchecked(cumulative[caller[i]] + cumulative[i]);
        }
        // No recursion: a tree can be very deep. A context that was entered is left when it is met again.
        var output = new CallTreeColumns(all.Length);
        var pending = new Stack<int>();
        pending.Push(Root);
        while (pending.Count > 0)
        {
            var place = pending.Pop();
            if (place < 0)
            {
                output.Leave();
                continue;
            }
            output.Enter(all[place].Method, new()
            {
                Calls = all[place].Calls,
                Resumes = all[place].Resumes,
                SelfTicks = all[place].Self,
                CumulativeTicks = cumulative[place],
                Samples = all[place].Samples,
            });
            pending.Push(~place);
            for (var callee = all[place].Last; callee != None; callee = all[callee].Previous)
                pending.Push(callee);
        }
        return output.Build();
    }

    struct Context
    {
        public int Method;

        // The callees, from the last one back to the first.
        public int Last;
        public int Previous;
        public long Calls;
        public long Resumes;
        public long Self;
        public long Samples;
    }
}
