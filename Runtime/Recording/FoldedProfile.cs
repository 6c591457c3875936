namespace ProfilerWeaver;

/// <summary>Puts two recordings with the same clock together as if they were one: what a thread did in the first and in the second is
/// one tree. Threads are the same if they have the same name and, of those with that name, came in the same order.</summary>
/// <remarks>Trees of async methods become those that the program was written as; which thread each part ran on is not kept.</remarks>
static class FoldedProfile
{
    /// <summary>The two as one.</summary>
    public static ProfileData Of(ProfileSource first, ProfileSource then)
    {
        var (left, right) = (first.ToData(), then.ToData());
        var methods = new List<MethodLabel>(left.Methods);
        var newIndices = Renumber(right.Methods, methods);
        var threads = new List<ThreadTree>();
        var placeOf = new Dictionary<(string, int), int>();
        foreach (var identity in Identities(left.Threads))
        {
            placeOf[identity] = threads.Count;
            threads.Add(left.Threads[threads.Count] with { Id = threads.Count + 1 });
        }
        var next = 0;
        foreach (var identity in Identities(right.Threads))
        {
            var added = right.Threads[next++];
            if (placeOf.TryGetValue(identity, out var place))
            {
                var thread = threads[place];
                threads[place] = thread with { Tree = Together(thread.Tree, added.Tree)!, Truncated = Together(thread.Truncated, added.Truncated) };
                continue;
            }
            threads.Add(new(threads.Count + 1, added.Name, Together(null, added.Tree)!) { Truncated = Together(null, added.Truncated) });
        }
        return new CombinedProfile([first, then]).Facts with { Methods = methods, Threads = threads };

        CallTree? Together(CallTree? tree, CallTree? other)
        {
            if (other is null)
                return tree;
            var renumbered = new Renumbered(newIndices, other.Count);
            other.Visit(renumbered);
            return tree is null ? renumbered.Build() : WrittenTrees.Together(tree, renumbered.Build(), methods.Count);
        }
    }

    static int[] Renumber(IReadOnlyList<MethodLabel> labels, List<MethodLabel> methods)
    {
        var known = new Dictionary<MethodLabel, int>();
        for (var i = methods.Count - 1; i >= 0; i--)
            known[methods[i]] = i;
        var indices = new int[labels.Count];
        for (var i = 0; i < indices.Length; i++)
        {
            if (!known.TryGetValue(labels[i], out indices[i]))
            {
                known[labels[i]] = indices[i] = methods.Count;
                methods.Add(labels[i]);
            }
        }
        return indices;
    }

    static IEnumerable<(string Name, int Order)> Identities(IReadOnlyList<ThreadTree> threads)
    {
        var count = new Dictionary<string, int>();
        foreach (var thread in threads)
        {
            count.TryGetValue(thread.Name, out var order);
            count[thread.Name] = order + 1;
            yield return (thread.Name, order);
        }
    }

    /// <summary>Copies a tree with other indices of methods.</summary>
    sealed class Renumbered(int[] indices, int count) : ContextSink
    {
        readonly CallTreeColumns builder = new(count);

        public CallTree Build() => builder.Build();

        public override void Enter(int method, in ContextFigures figures) => builder.Enter(method < 0 ? method : indices[method], figures);

        public override void Leave() => builder.Leave();
    }
}
