namespace ProfilerWeaver;

/// <summary>V8's <c>.cpuprofile</c>: a tree of nodes, and samples that name a node and last until the next one.</summary>
sealed class CpuProfileReader : IProfileReader
{
    const double NanosecondsPerMicrosecond = 1000;
    const double SecondsPerNanosecond = 1e-9;
    const string Root = "(root)";

    public bool Recognizes(ReadOnlySpan<byte> beginning) =>
        JsonCursor.IsObjectWith(beginning, "nodes", "callFrame", "samples", "timeDeltas");

    public ForeignContent Read(ForeignFile file)
    {
        var content = new Content(file);
        JsonCursor.Read(file, content.Read);
        return content.Build();
    }

    sealed class Content(ForeignFile file)
    {
        readonly ImportedProfile profile = new(file) { SecondsPerTick = SecondsPerNanosecond, Clock = "sampled (V8)" };
        readonly List<Node> nodes = [];
        readonly List<(int Caller, long Callee)> calls = [];
        readonly List<long> samples = [];
        readonly List<double> deltas = [];
        bool hitsAreCalls;
        double start;
        double end;

        public void Read(ref JsonCursor json)
        {
            json.BeginObject();
            while (json.NextProperty(out var name))
            {
                switch (name)
                {
                    case "nodes": ReadNodes(ref json); break;
                    case "startTime": start = json.Number(); break;
                    case "endTime": end = json.Number(); break;
                    case "samples":
                        for (json.BeginArray(); json.NextItem();)
                            samples.Add(json.Whole());
                        break;
                    case "timeDeltas":
                        for (json.BeginArray(); json.NextItem();)
                            deltas.Add(json.Number());
                        break;
                    case CpuProfileName.HitsAre:
                        hitsAreCalls = json.Text() == CpuProfileName.Calls;
                        profile.Clock = "";
                        break;
                    default: json.Skip(); break;
                }
            }
        }

        void ReadNodes(ref JsonCursor json)
        {
            for (json.BeginArray(); json.NextItem();)
            {
                var node = new Node { Offset = json.Offset, Method = -1 };
                json.BeginObject();
                while (json.NextProperty(out var name))
                {
                    switch (name)
                    {
                        case "id": node.Id = json.Whole(); break;
                        case "hitCount": node.Hits = json.Whole(); break;
                        case "callFrame": ReadFrame(ref json, ref node); break;
                        case "children":
                            for (json.BeginArray(); json.NextItem();)
                                calls.Add((nodes.Count, json.Whole()));
                            break;
                        default: json.Skip(); break;
                    }
                }
                nodes.Add(node);
            }
        }

        void ReadFrame(ref JsonCursor json, ref Node node)
        {
            var (function, url, line) = ("", "", -1L);
            json.BeginObject();
            while (json.NextProperty(out var name))
            {
                switch (name)
                {
                    case "functionName": function = json.Text(); break;
                    case "url": url = json.Text(); break;
                    case "lineNumber": line = json.Whole(); break;
                    default: json.Skip(); break;
                }
            }
            node.Name = function.Length == 0 ? "(anonymous)" : function;
            node.Method = profile.MethodOf(node.Name, url, line + 1);
        }

        public ForeignContent Build()
        {
            var places = new Dictionary<long, int>();
            for (var i = 0; i < nodes.Count; i++)
            {
                if (!places.TryAdd(nodes[i].Id, i))
                    throw file.Invalid(nodes[i].Offset, $"two nodes have the number {nodes[i].Id}");
                if (nodes[i].Method < 0)
                    throw file.Invalid(nodes[i].Offset, "a node has no callFrame");
            }
            var trees = new (ImportedTree Tree, int Context)[nodes.Count];
            Place(places, trees);
            var hasTimes = samples.Count > 0;
            if (!hasTimes && !hitsAreCalls)
                profile.Unit = ClockUnit.Samples;
            for (var i = 0; i < nodes.Count; i++)
            {
                trees[i].Tree.Add(trees[i].Context, hitsAreCalls
                    ? new() { Calls = nodes[i].Hits }
                    : new() { Samples = nodes[i].Hits, SelfTicks = hasTimes ? 0 : nodes[i].Hits });
            }
            AddSamples(places, trees);
            profile.Duration = TimeSpan.FromMicroseconds(Math.Clamp(end - start, 0, 1e15));
            return profile.Build();
        }

        // Gives every node its context, from the outermost inwards.
        void Place(Dictionary<long, int> places, (ImportedTree Tree, int Context)[] trees)
        {
            var first = new int[nodes.Count];
            var next = new int[calls.Count];
            var callees = new int[calls.Count];
            var hasCaller = new bool[nodes.Count];
            Array.Fill(first, -1);
            for (var i = calls.Count - 1; i >= 0; i--)
            {
                var (caller, id) = calls[i];
                if (!places.TryGetValue(id, out var callee))
                    throw file.Invalid(nodes[caller].Offset, $"a node has the child {id}, which there is not");
                if (hasCaller[callee])
                    throw file.Invalid(nodes[callee].Offset, "a node is a child twice");
                hasCaller[callee] = true;
                callees[i] = callee;
                (next[i], first[caller]) = (first[caller], i);
            }
            var pending = new Queue<int>();
            for (var i = 0; i < nodes.Count; i++)
            {
                if (hasCaller[i])
                    continue;
                // Below the root of an exported profile there are its threads.
                var tree = hitsAreCalls ? new(file) : profile.Thread("");
                trees[i] = nodes[i].Name == Root ? (tree, ImportedTree.Root) : Below((tree, ImportedTree.Root), i);
                pending.Enqueue(i);
            }
            while (pending.TryDequeue(out var caller))
            {
                for (var call = first[caller]; call >= 0; call = next[call])
                {
                    var callee = callees[call];
                    trees[callee] = hitsAreCalls && !hasCaller[caller]
                        ? (profile.Thread(nodes[callee].Name), ImportedTree.Root)
                        : Below(trees[caller], callee);
                    pending.Enqueue(callee);
                }
            }
            var lost = Array.FindIndex(trees, place => place.Tree is null);
            if (lost >= 0)
                throw file.Invalid(nodes[lost].Offset, "nodes are children of each other");
        }

        (ImportedTree Tree, int Context) Below((ImportedTree Tree, int Context) caller, int node) =>
            (caller.Tree, caller.Tree.Below(caller.Context, nodes[node].Method, nodes[node].Offset));

        // Times may go back a little, as the samples of threads do; what lies before is then longer.
        void AddSamples(Dictionary<long, int> places, (ImportedTree Tree, int Context)[] trees)
        {
            if (samples.Count > 0 && deltas.Count != samples.Count)
                throw file.Invalid(file.Data.Length, $"it has {samples.Count} samples and {deltas.Count} timeDeltas");
            var now = samples.Count == 0 ? 0 : deltas[0];
            var valid = now;
            var told = (long)Math.Round(valid * NanosecondsPerMicrosecond);
            for (var i = 0; i < samples.Count; i++)
            {
                if (!places.TryGetValue(samples[i], out var node))
                    throw file.Invalid(file.Data.Length, $"a sample is of the node {samples[i]}, which there is not");
                now = i + 1 < samples.Count ? now + deltas[i + 1] : end - start;
                valid = Math.Max(valid, now);
                var next = (long)Math.Round(valid * NanosecondsPerMicrosecond);
                trees[node].Tree.Add(trees[node].Context, new() { SelfTicks = next - told });
                told = next;
            }
        }
    }

    struct Node
    {
        public long Id;
        public long Hits;
        public int Method;
        public string Name;
        public long Offset;
    }
}
