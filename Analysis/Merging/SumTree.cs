using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

/// <summary>
/// The sum of trees: contexts with the same methods on their paths are one. Each context of a tree that is added is looked at once.
/// The result depends on neither the order of the trees nor that of their contexts.
/// </summary>
sealed class SumTree
{
    // So many contexts below one are looked through; those behind them are found by a table.
    const int Few = 8;

    // A context, its cumulative time when it is shown, and its entry in the table, if it has one.
    const int BytesOfNode = 96;
    const int BytesOfEntry = 48;
    const int BytesOfOthers = 160;

    const int Root = 0;

    readonly Pieces<SumNode> nodes = new();

    // What few contexts have besides. The cumulative time is that in no context below: truncated calls, or what was open.
    readonly Pieces<ContextFigures> others = new();
    readonly Dictionary<(int Parent, int Method), int> later = [];

    /// <summary>Whether no tree was added.</summary>
    public bool IsEmpty => nodes.Count == 0;

    /// <summary>About how many bytes it takes.</summary>
    public long Bytes => (long)nodes.Count * BytesOfNode + (long)others.Count * BytesOfOthers + (long)later.Count * BytesOfEntry;

    /// <summary>Adds a tree.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="scope">The method under which all is to lie; null: the root.</param>
    [MethodImpl(HotLoop.Optimized)]
    public void Add(NanosecondTree tree, int? scope)
    {
        if (IsEmpty)
            nodes.Add(new() { Method = -1, Others = -1 });
        var columns = tree.Columns;
        var path = new Level[64];
        var depth = 0;
        for (var context = 0; context < columns.Count; context++)
        {
            while (depth > 0 && path[depth - 1].End <= context)
                Leave(tree, path[--depth], depth);
            if (depth == path.Length)
                Array.Resize(ref path, 2 * depth);
            var node = depth == 0 ? Root : Child(path[depth - 1].Node, tree.MethodOf(context));
            AddFigures(node, tree, context);
            // Cumulative times are sums of own times, which cancel out when those of the contexts below are subtracted; what is left are
            // the exceptions.
            var beyond = columns.BeyondOf(context);
            if (depth > 0)
                path[depth - 1].Elsewhere -= beyond;
            else if (scope is { } method)
                node = AddScope(method, tree);
            path[depth++] = new() { Node = node, End = columns.EndOf(context), Elsewhere = beyond };
        }
        while (depth > 0)
            Leave(tree, path[--depth], depth);
    }

    /// <summary>Adds what was added to another one.</summary>
    [MethodImpl(HotLoop.Optimized)]
    public void Add(SumTree other)
    {
        if (other.IsEmpty)
            return;
        if (IsEmpty)
            nodes.Add(new() { Method = -1, Others = -1 });
        // Where the contexts of the other one are here. One comes behind the one that it is below.
        var places = new int[other.nodes.Count];
        for (var number = 0; number < places.Length; number++)
        {
            ref var added = ref other.nodes[number];
            var place = places[number] = number == Root ? Root : Child(places[added.Parent], added.Method);
            ref var node = ref nodes[place];
            node.Add(added);
            if (added.Others >= 0)
                OthersOf(ref node).Add(other.others[added.Others]);
        }
    }

    /// <summary>Begins anew.</summary>
    public void Clear()
    {
        nodes.Clear();
        others.Clear();
        later.Clear();
    }

    /// <summary>Shows the sum to a sink, with the methods by number.</summary>
    /// <param name="ranks">The order of the methods, by number, in which the contexts below one are shown.</param>
    /// <param name="sink">Who is shown it.</param>
    [MethodImpl(HotLoop.Optimized)]
    public void Visit(int[] ranks, ContextSink sink)
    {
        var cumulative = CumulativeTicks();
        // Behind those of the contexts above: what is still to be shown below each context on the current path, the next one last.
        // The rank is the upper half, so that they are sorted as numbers.
        var pending = new long[64];
        var count = 0;
        var path = new Stack<int>();
        Enter(Root);
        while (path.Count > 0)
        {
            if (count > path.Peek())
            {
                Enter((int)pending[--count]);
                continue;
            }
            path.Pop();
            sink.Leave();
        }

        [MethodImpl(HotLoop.Optimized)]
        void Enter(int number)
        {
            ref var node = ref nodes[number];
            sink.Enter(node.Method, FiguresOf(node, cumulative[number]));
            path.Push(count);
            var first = count;
            for (var child = node.FirstChild; child != 0; child = nodes[child].Next)
            {
                if (count == pending.Length)
                    Array.Resize(ref pending, 2 * count);
                pending[count++] = (long)(int.MaxValue - ranks[nodes[child].Method]) << 32 | (uint)child;
            }
            if (count - first > 1)
                Array.Sort(pending, first, count - first);
        }
    }

    [MethodImpl(HotLoop.Optimized)]
    int Child(int parent, int method)
    {
        ref var above = ref nodes[parent];
        // Most trees have them in the same order.
        if (above.Found != 0 && nodes[above.Found].Next is not 0 and var next && nodes[next].Method == method)
            return above.Found = next;
        var child = above.FirstChild;
        var passed = 0;
        for (; child != 0 && passed < Few; child = nodes[child].Next, passed++)
        {
            if (nodes[child].Method == method)
                return above.Found = child;
        }
        if (child != 0 && later.TryGetValue((parent, method), out var known))
            return above.Found = known;
        var added = nodes.Add(new() { Method = method, Parent = parent, Others = -1 });
        if (above.LastChild == 0)
            above.FirstChild = added;
        else
            nodes[above.LastChild].Next = added;
        above.LastChild = above.Found = added;
        if (passed == Few)
            later.Add((parent, method), added);
        return added;
    }

    [MethodImpl(HotLoop.Optimized)]
    void AddFigures(int number, NanosecondTree tree, int context)
    {
        ref var node = ref nodes[number];
        var calls = tree.Columns.CallsOf(context);
        node.Calls += calls;
        node.SelfTicks += tree.Scale(tree.Columns.SelfOf(context));
        if (tree.Profile == 0)
            node.OfOthers = node.OfOthers.And(tree.OccurrenceOf(context));
        else
            node.NoteCalls(tree.Profile, calls);
        AddRest(ref node, tree, context);
    }

    // As if each of the profiles had been labelled before they were merged: it is called once in each, whatever its threads are.
    int AddScope(int method, NanosecondTree tree)
    {
        var number = Child(Root, method);
        ref var node = ref nodes[number];
        if (tree.Profile == 0)
        {
            var profiles = tree.OccurrenceOf(Root).Profiles;
            node.Calls += profiles;
            node.OfOthers = node.OfOthers.And(new(profiles, 1, 1));
        }
        else if (node.Profile != tree.Profile)
        {
            node.Calls++;
            node.NoteCalls(tree.Profile, 1);
        }
        AddRest(ref node, tree, Root);
        return number;
    }

    [MethodImpl(HotLoop.Optimized)]
    void AddRest(ref SumNode node, NanosecondTree tree, int context)
    {
        node.SlowestTicks = SlowestCall.Of(node.SlowestTicks, tree.SlowestOf(context));
        if (tree.Columns.HasOthers(context))
            OthersOf(ref node).Add(tree.OthersOf(context));
    }

    // What the root has elsewhere is not the scope's, whose time is that of all below it.
    void Leave(NanosecondTree tree, in Level level, int depth)
    {
        if (level.Elsewhere != 0)
            OthersOf(ref nodes[depth == 0 ? Root : level.Node]).CumulativeTicks += tree.Scale(level.Elsewhere);
    }

    ref ContextFigures OthersOf(ref SumNode node)
    {
        if (node.Others < 0)
            node.Others = others.Add(default);
        return ref others[node.Others];
    }

    // A context comes behind the one that it is below.
    [MethodImpl(HotLoop.Optimized)]
    long[] CumulativeTicks()
    {
        var ticks = new long[nodes.Count];
        for (var number = nodes.Count - 1; number >= 0; number--)
        {
            ref var node = ref nodes[number];
            ticks[number] += node.SelfTicks + (node.Others < 0 ? 0 : others[node.Others].CumulativeTicks);
            if (number != Root)
                ticks[node.Parent] += ticks[number];
        }
        return ticks;
    }

    [MethodImpl(HotLoop.Optimized)]
    ContextFigures FiguresOf(in SumNode node, long cumulative)
    {
        var figures = node.Others < 0 ? default : others[node.Others];
        figures.Calls = node.Calls;
        figures.SelfTicks = node.SelfTicks;
        figures.CumulativeTicks = cumulative;
        figures.SlowestTicks = node.SlowestTicks;
        // One profile says nothing of how many there are.
        if (node.Occurrence is { Profiles: > 1 } occurrence)
            figures.Occurrence = occurrence;
        return figures;
    }

    /// <summary>A context on the current path of a tree.</summary>
    struct Level
    {
        /// <summary>What it is a part of.</summary>
        public int Node;

        /// <summary>The place behind the last context below it.</summary>
        public int End;

        /// <summary>Its time that is neither its own nor that of a context below it.</summary>
        public long Elsewhere;
    }
}
