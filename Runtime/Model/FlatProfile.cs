namespace ProfilerWeaver;

/// <summary>Derives the flat table of a profile, one row a method, from its call trees.</summary>
/// <remarks>
/// A call is primitive, and its cumulative time counts, if the same method is not among its callers. Each caller's
/// share has a recursion of its own: there a call is primitive if the same caller-callee pair is not among its callers.
/// Methods are told apart by index; those with equal labels are then summed up into one row.
/// </remarks>
public static class FlatProfile
{
    /// <summary>Computes the rows in the order of the methods' first call, thread by thread.</summary>
    /// <returns>One row for every method that was left at least once; callers that never were are left out.</returns>
    public static IReadOnlyList<MethodStats> From(ProfileData profile)
    {
        var methods = new Tally?[profile.Methods.Count];
        var methodsInOrder = new List<Tally>();
        var edges = new Dictionary<(int Caller, int Callee), Tally>();
        var edgesInOrder = new List<Tally>();
        foreach (var thread in profile.Threads)
        {
            var path = new Stack<(Tally Method, Tally? Edge)>();
            var walker = new CallTreeWalker(thread.Root);
            while (walker.MoveNext())
            {
                if (walker.Depth == 0)
                    continue;
                if (!walker.IsEntering)
                {
                    var (left, leftEdge) = path.Pop();
                    left.Leave();
                    leftEdge?.Leave();
                    continue;
                }
                var node = walker.Node;
                if (methods[node.Method] is not { } method)
                    methodsInOrder.Add(methods[node.Method] = method = new Tally(-1, node.Method));
                Tally? edge = null;
                if (path.Count > 0)
                {
                    var caller = path.Peek().Method.Method;
                    var key = (caller, node.Method);
                    if (!edges.TryGetValue(key, out edge))
                        edgesInOrder.Add(edges[key] = edge = new Tally(caller, node.Method));
                }
                method.Enter(node);
                edge?.Enter(node);
                path.Push((method, edge));
            }
        }
        return new Rows(profile).Build(methodsInOrder, edgesInOrder);
    }

    /// <summary>The sums over the contexts of a method, or of a caller-callee pair.</summary>
    sealed class Tally(int caller, int method)
    {
        int level;
        long resumes;

        public int Caller => caller;
        public int Method => method;
        public long Calls { get; private set; }
        public long PrimitiveCalls { get; private set; }
        public long SelfTicks { get; private set; }
        public long CumulativeTicks { get; private set; }

        public bool IsEmpty => Calls == 0 && resumes == 0 && SelfTicks == 0 && CumulativeTicks == 0;

        public void Enter(CallNode node)
        {
            Calls += node.Calls;
            resumes += node.Resumes;
            SelfTicks += node.SelfTicks;
            if (level++ > 0)
                return;
            PrimitiveCalls += node.Calls - node.RecursiveCalls;
            CumulativeTicks += node.CumulativeTicks;
        }

        public void Leave() => level--;

        public void Add(Tally other)
        {
            Calls += other.Calls;
            PrimitiveCalls += other.PrimitiveCalls;
            SelfTicks += other.SelfTicks;
            CumulativeTicks += other.CumulativeTicks;
        }

        public Figures ToFigures(double secondsPerTick) =>
            new(Calls, PrimitiveCalls, SelfTicks * secondsPerTick, CumulativeTicks * secondsPerTick);
    }

    /// <summary>Merges what has equal labels and turns ticks into seconds.</summary>
    sealed class Rows(ProfileData profile)
    {
        readonly Dictionary<MethodLabel, int> rowOfLabel = [];
        readonly List<(MethodLabel Label, Tally Sum, List<Tally> Callers)> rows = [];

        public MethodStats[] Build(List<Tally> methods, List<Tally> edges)
        {
            foreach (var method in methods)
                AddMethod(method);
            var merged = new Dictionary<(int Caller, int Callee), Tally>();
            foreach (var edge in edges)
                AddEdge(edge, merged);

            var result = new MethodStats[rows.Count];
            for (var i = 0; i < result.Length; i++)
            {
                var (label, sum, callers) = rows[i];
                var shares = new KeyValuePair<MethodLabel, Figures>[callers.Count];
                for (var j = 0; j < shares.Length; j++)
                    shares[j] = new(profile.Methods[callers[j].Caller], callers[j].ToFigures(profile.SecondsPerTick));
                result[i] = new MethodStats(label, sum.ToFigures(profile.SecondsPerTick), shares);
            }
            return result;
        }

        void AddMethod(Tally method)
        {
            if (method.IsEmpty)
                return;
            var label = profile.Methods[method.Method];
            if (rowOfLabel.TryGetValue(label, out var row))
            {
                rows[row].Sum.Add(method);
                return;
            }
            rowOfLabel[label] = rows.Count;
            rows.Add((label, method, []));
        }

        void AddEdge(Tally edge, Dictionary<(int Caller, int Callee), Tally> merged)
        {
            if (edge.IsEmpty
                || !rowOfLabel.TryGetValue(profile.Methods[edge.Caller], out var caller)
                || !rowOfLabel.TryGetValue(profile.Methods[edge.Method], out var callee))
                return;
            var key = (caller, callee);
            if (merged.TryGetValue(key, out var first))
            {
                first.Add(edge);
                return;
            }
            merged[key] = edge;
            rows[callee].Callers.Add(edge);
        }
    }
}
