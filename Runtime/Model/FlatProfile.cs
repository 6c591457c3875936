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
        var sums = new Sums(profile);
        // Reading the columns of a large tree takes about as long as summing them up.
        using (var summing = new PipelinedVisitor(sums))
        {
            profile.Visit(summing);
            summing.Complete();
        }
        return sums.Rows(profile.Methods, profile.MethodOccurrences);
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
        long recordingTicks;
        long samples;
        long elapsedTicks;
        long waitingTicks;
        long openCalls;
        long slowestTicks;

        public int Caller => caller;

        public int Method => method;

        /// <summary>Of a method: the pair with it as caller that was looked for last.</summary>
        public Tally? LastEdge { get; set; }

        /// <summary>Of a pair: the one that was looked for next when it was with the same caller.</summary>
        public Tally? NextEdge { get; set; }

        public bool IsEmpty => calls == 0 && resumes == 0 && selfTicks == 0 && cumulativeTicks == 0;

        public void Enter() => level++;

        public void Leave(in ContextFigures figures, long recording)
        {
            calls += figures.Calls;
            resumes += figures.Resumes;
            selfTicks += figures.SelfTicks;
            recordingTicks += recording;
            samples += figures.Samples;
            openCalls += figures.Async.OpenCalls;
            slowestTicks = SlowestCall.Of(slowestTicks, figures.SlowestTicks);
            if (--level > 0)
                return;
            primitiveCalls += figures.Calls - figures.RecursiveCalls;
            cumulativeTicks += figures.CumulativeTicks;
            elapsedTicks += figures.Async.ElapsedTicks;
            waitingTicks += figures.Async.WaitingTicks;
        }

        // Who is recursive was told when the calls were recorded; there is no path to tell it by.
        public void AddTruncated(CallTree tree, CallNode node, long recording)
        {
            slowestTicks = SlowestCall.Of(slowestTicks, tree.Columns.SlowestOf(node.Index));
            calls += node.Calls;
            resumes += node.Resumes;
            primitiveCalls += node.Calls - node.RecursiveCalls;
            selfTicks += node.SelfTicks;
            samples += node.Samples;
            cumulativeTicks += node.CumulativeTicks;
            recordingTicks += recording;
        }

        public void Add(Tally other)
        {
            calls += other.calls;
            resumes += other.resumes;
            primitiveCalls += other.primitiveCalls;
            selfTicks += other.selfTicks;
            samples += other.samples;
            cumulativeTicks += other.cumulativeTicks;
            recordingTicks += other.recordingTicks;
            elapsedTicks += other.elapsedTicks;
            waitingTicks += other.waitingTicks;
            openCalls += other.openCalls;
            slowestTicks = SlowestCall.Of(slowestTicks, other.slowestTicks);
        }

        /// <summary>The sums as they are shown. Of a few samples less may be left than what counting took.</summary>
        public Figures ToFigures(double secondsPerTick, bool isSampled) => isSampled && (selfTicks < 0 || cumulativeTicks < 0)
            ? ToFigures(secondsPerTick) with { TotalTime = Math.Max(0, selfTicks) * secondsPerTick, CumulativeTime = Math.Max(0, cumulativeTicks) * secondsPerTick }
            : ToFigures(secondsPerTick);

        Figures ToFigures(double secondsPerTick) =>
            new(calls, primitiveCalls, selfTicks * secondsPerTick, cumulativeTicks * secondsPerTick)
            {
                Resumes = resumes,
                RecordingTime = recordingTicks * secondsPerTick,
                Samples = samples,
                ElapsedTime = elapsedTicks * secondsPerTick,
                WaitingTime = waitingTicks * secondsPerTick,
                OpenCalls = openCalls,
                SlowestTime = Math.Max(0, slowestTicks) * secondsPerTick,
            };
    }

    /// <summary>Sums up the contexts that it is shown, by method index.</summary>
    /// <param name="facts">How to measure; its methods and threads are not looked at.</param>
    internal sealed class Sums(ProfileData facts) : ProfileVisitor
    {
        readonly OverheadRemoval? removal = facts.HasOverhead ? new(facts.Overhead) : null;
        readonly List<Tally> methods = [];
        readonly List<Tally> edges = [];
        readonly Dictionary<long, Tally> knownEdges = [];
        Tally?[] known = new Tally?[64];

        // The contexts on the current path; the root has no tally, its children no edge.
        Level[] path = new Level[64];
        int depth;

        // What did not fit into the tree has two levels, and as many contexts as there are rows.
        CallTreeColumns? truncated;

        /// <summary>The rows of all that was shown.</summary>
        public IReadOnlyList<MethodStats> Rows(IReadOnlyList<MethodLabel> labels, IReadOnlyList<Occurrence>? occurrences = null)
        {
            var rows = new KeptRows(labels);
            ShowRows(rows, labels, occurrences);
            return rows.Rows;
        }

        /// <summary>Shows the rows of all that was shown.</summary>
        public void ShowRows(RowVisitor visitor, IReadOnlyList<MethodLabel> labels, IReadOnlyList<Occurrence>? occurrences = null)
        {
            var rows = new RowsOf(labels, occurrences, facts.SecondsPerTick, facts.Overhead.IsSampled);
            foreach (var method in methods)
                rows.AddMethod(method);
            foreach (var edge in edges)
                rows.AddEdge(edge);
            rows.Show(visitor);
        }

        public override void BeginThread(int id, string name)
        {
        }

        public override void BeginTree(bool isTruncated) => truncated = isTruncated ? new() : null;

        public override void Enter(int method, in ContextFigures figures)
        {
            if (truncated is not null)
            {
                truncated.Enter(method, figures);
                return;
            }
            removal?.Enter(method);
            if (depth == path.Length)
                Array.Resize(ref path, depth * 2);
            ref var level = ref path[depth];
            figures.CopyTo(ref level.Figures);
            level.Method = null;
            level.Edge = null;
            if (depth > 0)
            {
                level.Method = Method(method);
                level.Method.Enter();
                if (path[depth - 1].Method is { } caller)
                {
                    level.Edge = Edge(caller, method);
                    level.Edge.Enter();
                }
            }
            depth++;
        }

        public override void Leave()
        {
            if (truncated is not null)
            {
                truncated.Leave();
                return;
            }
            ref var level = ref path[--depth];
            var measured = level.Figures.SelfTicks;
            removal?.Leave(ref level.Figures);
            var recording = Compensation.Taken(measured, level.Figures.SelfTicks);
            level.Method?.Leave(level.Figures, recording);
            level.Edge?.Leave(level.Figures, recording);
        }

        public override void EndTree()
        {
            if (truncated is null)
                return;
            var measured = truncated.Build();
            var tree = facts.HasOverhead ? Compensation.ApplyToTruncated(measured, facts.Overhead) : measured;
            foreach (var method in tree.Root.Children)
            {
                Method(method.Method).AddTruncated(tree, method, Taken(method));
                foreach (var caller in method.Children)
                    Edge(caller.Method, method.Method).AddTruncated(tree, caller, Taken(caller));
            }

            long Taken(CallNode node) => Compensation.Taken(measured.Columns.SelfOf(node.Index), node.SelfTicks);
        }

        Tally Method(int index)
        {
            if (index >= known.Length)
                Array.Resize(ref known, Math.Max(index + 1, known.Length * 2));
            if (known[index] is { } tally)
                return tally;
            known[index] = tally = new Tally(-1, index);
            methods.Add(tally);
            return tally;
        }

        // Methods call others in the same order as the last time, mostly.
        Tally Edge(Tally caller, int method)
        {
            var last = caller.LastEdge;
            if (last?.NextEdge is { } next && next.Method == method)
                return caller.LastEdge = next;
            var edge = Edge(caller.Method, method);
            if (last is not null)
                last.NextEdge = edge;
            return caller.LastEdge = edge;
        }

        Tally Edge(int caller, int method)
        {
            var key = Pair(caller, method);
            if (knownEdges.TryGetValue(key, out var tally))
                return tally;
            knownEdges[key] = tally = new Tally(caller, method);
            edges.Add(tally);
            return tally;
        }

        struct Level
        {
            public ContextFigures Figures;
            public Tally? Method;
            public Tally? Edge;
        }
    }

    /// <summary>Merges what has equal labels and turns ticks into seconds.</summary>
    sealed class RowsOf(IReadOnlyList<MethodLabel> labels, IReadOnlyList<Occurrence>? occurrences, double secondsPerTick, bool isSampled)
    {
        readonly Dictionary<string, Row> newestOfName = [];
        readonly List<Row> rows = [];
        readonly Dictionary<long, Tally> edges = [];

        // By method, once all methods are known: a method has many callers.
        readonly Row?[] rowOf = new Row?[labels.Count];

        public void AddMethod(Tally method)
        {
            if (method.IsEmpty)
                return;
            var label = labels[method.Method];
            if (Find(label) is { } row)
            {
                row.Sum.Add(method);
                row.Occurrence = default;
                return;
            }
            newestOfName.TryGetValue(NameOf(label), out var sameName);
            newestOfName[NameOf(label)] = row = new(label, rows.Count, method, sameName);
            if (occurrences is not null)
                row.Occurrence = occurrences[method.Method];
            rows.Add(row);
        }

        public void AddEdge(Tally edge)
        {
            // Zeros are kept, as in CPython: this caller is in its first call right now.
            if (RowOf(edge.Caller) is not { } caller || RowOf(edge.Method) is not { } row)
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

        public void Show(RowVisitor visitor)
        {
            foreach (var row in rows)
            {
                visitor.Row(row.Sum.Method, ToFigures(row.Sum) with { Occurrence = row.Occurrence }, row.Callers.Count);
                foreach (var caller in row.Callers)
                    visitor.Caller(caller.Caller, ToFigures(caller));
            }
        }

        Row? RowOf(int method) => rowOf[method] ??= Find(labels[method]);

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

        Figures ToFigures(Tally tally) => tally.ToFigures(secondsPerTick, isSampled);
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

        public Occurrence Occurrence { get; set; }

        public List<Tally> Callers { get; } = [];
    }
}
