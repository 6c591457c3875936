namespace ProfilerWeaver;

/// <summary>Derives the flat table of a profile, one row per method, from its call trees.</summary>
/// <remarks>
/// A call is primitive, and its cumulative time counts, if the same method is not among its callers. Each caller's share
/// has its own notion of recursion: there, a call is primitive if the same caller-callee pair is not among its callers.
/// Methods are distinguished by index; those with equal labels are then summed into one row.
/// </remarks>
public static class FlatProfile
{
    /// <summary>Computes the rows in the order of the methods' first call, thread by thread. The recording overhead is
    /// subtracted, unless <see cref="ProfileData.Compensate"/> is false.</summary>
    /// <returns>One row for every method that returned at least once; callers that never did are left out.</returns>
    public static IReadOnlyList<MethodStats> From(ProfileData profile)
    {
        profile = profile.Compensated();
        var sums = new Sums(profile.Methods.Count);
        foreach (var thread in profile.Threads)
        {
            sums.Add(thread.Root);
            if (thread.Folded is { } folded)
                sums.AddFolded(folded);
        }

        var rows = new Rows(profile);
        foreach (var method in sums.Methods)
            rows.AddMethod(method);
        foreach (var edge in sums.Edges)
            rows.AddEdge(edge);
        return rows.Build();
    }

    // One number for a pair. Multiplying by an odd number loses nothing and spreads the small indices over all bits,
    // without which the hash of the number would be the same for many pairs.
    static long Pair(int left, int right) => unchecked(((long)left << 32 | (uint)right) * -0x61C8864680B583EB);

    /// <summary>The sums over the contexts of a method, or of a caller-callee pair.</summary>
    sealed class Tally(int caller, int method)
    {
        int level;
        long resumes;
        long calls;
        long primitiveCalls;
        long selfTicks;
        long cumulativeTicks;

        public int Caller => caller;

        public int Method => method;

        public bool IsEmpty => calls == 0 && resumes == 0 && selfTicks == 0 && cumulativeTicks == 0;

        public void Enter(CallNode node)
        {
            calls += node.Calls;
            resumes += node.Resumes;
            selfTicks += node.SelfTicks;
            if (level++ > 0)
                return;
            primitiveCalls += node.Calls - node.RecursiveCalls;
            cumulativeTicks += node.CumulativeTicks;
        }

        public void Leave() => level--;

        public void AddFolded(CallNode node)
        {
            calls += node.Calls;
            resumes += node.Resumes;
            primitiveCalls += node.Calls - node.RecursiveCalls;
            selfTicks += node.SelfTicks;
            cumulativeTicks += node.CumulativeTicks;
        }

        public void Add(Tally other)
        {
            calls += other.calls;
            resumes += other.resumes;
            primitiveCalls += other.primitiveCalls;
            selfTicks += other.selfTicks;
            cumulativeTicks += other.cumulativeTicks;
        }

        public Figures ToFigures(double secondsPerTick) =>
            new(calls, primitiveCalls, selfTicks * secondsPerTick, cumulativeTicks * secondsPerTick) { Resumes = resumes };
    }

    /// <summary>Walks the trees and sums up, by method index.</summary>
    sealed class Sums(int methodCount)
    {
        readonly Tally?[] known = new Tally?[methodCount];
        readonly Dictionary<long, Tally> knownEdges = [];
        // The tallies of the nodes on the current path, by depth; the root has none, its children no edge.
        Tally?[] methodAt = new Tally?[64];
        Tally?[] edgeAt = new Tally?[64];

        public List<Tally> Methods { get; } = [];

        public List<Tally> Edges { get; } = [];

        public void Add(CallNode root)
        {
            var walker = new CallTreeWalker(root);
            while (walker.MoveNext())
            {
                var depth = walker.Depth;
                if (depth == 0)
                    continue;
                if (walker.IsEntering)
                {
                    Enter(walker.Node, depth);
                    continue;
                }
                methodAt[depth]!.Leave();
                edgeAt[depth]?.Leave();
            }
        }

        // Who is recursive was told when the calls were recorded; there is no path to tell it by.
        public void AddFolded(CallNode folded)
        {
            foreach (var method in folded.Children)
            {
                Method(method.Method).AddFolded(method);
                foreach (var caller in method.Children)
                    Edge(caller.Method, method.Method).AddFolded(caller);
            }
        }

        void Enter(CallNode node, int depth)
        {
            if (depth == methodAt.Length)
            {
                Array.Resize(ref methodAt, depth * 2);
                Array.Resize(ref edgeAt, depth * 2);
            }
            var method = Method(node.Method);
            var edge = methodAt[depth - 1] is { } caller ? Edge(caller.Method, node.Method) : null;
            method.Enter(node);
            edge?.Enter(node);
            methodAt[depth] = method;
            edgeAt[depth] = edge;
        }

        Tally Method(int index)
        {
            if (known[index] is { } tally)
                return tally;
            known[index] = tally = new Tally(-1, index);
            Methods.Add(tally);
            return tally;
        }

        Tally Edge(int caller, int method)
        {
            var key = Pair(caller, method);
            if (knownEdges.TryGetValue(key, out var tally))
                return tally;
            knownEdges[key] = tally = new Tally(caller, method);
            Edges.Add(tally);
            return tally;
        }
    }

    /// <summary>Merges what has equal labels and turns ticks into seconds.</summary>
    sealed class Rows(ProfileData profile)
    {
        readonly Dictionary<string, Row> newestOfName = [];
        readonly List<Row> rows = [];
        readonly Dictionary<long, Tally> edges = [];

        public void AddMethod(Tally method)
        {
            if (method.IsEmpty)
                return;
            var label = profile.Methods[method.Method];
            if (Find(label) is { } row)
            {
                row.Sum.Add(method);
                return;
            }
            newestOfName.TryGetValue(NameOf(label), out var sameName);
            newestOfName[NameOf(label)] = row = new(label, rows.Count, method, sameName);
            rows.Add(row);
        }

        public void AddEdge(Tally edge)
        {
            // Zeros are kept, as in CPython: this caller is in its first call right now.
            if (Find(profile.Methods[edge.Caller]) is not { } caller || Find(profile.Methods[edge.Method]) is not { } row)
                return;
            var key = Pair(caller.Index, row.Index);
            if (edges.TryGetValue(key, out var first))
            {
                first.Add(edge);
                return;
            }
            edges[key] = edge;
            row.Callers.Add(edge);
        }

        public MethodStats[] Build()
        {
            var result = new MethodStats[rows.Count];
            for (var i = 0; i < result.Length; i++)
            {
                var row = rows[i];
                var shares = new Sequence<KeyValuePair<MethodLabel, Figures>>(row.Callers.Count);
                foreach (var caller in row.Callers)
                    shares.Add(new(profile.Methods[caller.Caller], ToFigures(caller)));
                result[i] = new MethodStats(row.Label, ToFigures(row.Sum), shares);
            }
            return result;
        }

        // By name first: a dictionary of labels would have to be compiled whenever a program ends (see Sequence).
        Row? Find(MethodLabel label)
        {
            newestOfName.TryGetValue(NameOf(label), out var row);
            while (row is not null && row.Label != label)
                row = row.SameName;
            return row;
        }

        // A default label has null in place of its texts.
        static string NameOf(MethodLabel label) => label.Name ?? "";

        Figures ToFigures(Tally tally) => tally.ToFigures(profile.SecondsPerTick);
    }

    /// <summary>A row in the making.</summary>
    /// <param name="label">What it is called.</param>
    /// <param name="index">Its place among the rows.</param>
    /// <param name="sum">The figures of all methods with that label.</param>
    /// <param name="sameName">The row before that differs in file or line only.</param>
    sealed class Row(MethodLabel label, int index, Tally sum, Row? sameName)
    {
        public MethodLabel Label => label;

        public int Index => index;

        public Tally Sum => sum;

        public Row? SameName => sameName;

        public List<Tally> Callers { get; } = [];
    }
}
