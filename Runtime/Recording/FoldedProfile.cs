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
        foreach (var identity in Identities(left.Threads.Select(thread => thread.Name)))
        {
            placeOf[identity] = threads.Count;
            threads.Add(left.Threads[threads.Count] with { Id = threads.Count + 1 });
        }
        var next = 0;
        foreach (var identity in Identities(right.Threads.Select(thread => thread.Name)))
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

    // Several methods of one recording stay several, whatever they are called: one that calls another of the same label is not recursive.
    static int[] Renumber(IReadOnlyList<MethodLabel> labels, List<MethodLabel> methods)
    {
        var known = new Dictionary<(MethodLabel, int), int>();
        foreach (var identity in Identities(methods))
            known[identity] = known.Count;
        var indices = new int[labels.Count];
        var next = 0;
        foreach (var identity in Identities(labels))
        {
            if (!known.TryGetValue(identity, out indices[next]))
            {
                indices[next] = methods.Count;
                methods.Add(labels[next]);
            }
            next++;
        }
        return indices;
    }

    static IEnumerable<(T Name, int Order)> Identities<T>(IEnumerable<T> named)
        where T : notnull
    {
        var count = new Dictionary<T, int>();
        foreach (var name in named)
        {
            count.TryGetValue(name, out var order);
            count[name] = order + 1;
            yield return (name, order);
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
