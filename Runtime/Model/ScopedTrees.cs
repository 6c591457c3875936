namespace ProfilerWeaver;

/// <summary>The contexts of some scopes, and all below them. Those that lie within others of them stay there.</summary>
static class ScopedTrees
{
    /// <summary>The threads' trees with the chosen contexts at their roots, and nothing else. What did not fit into a tree is in no
    /// scope.</summary>
    /// <param name="threads">The trees. Nothing in them continues anything.</param>
    /// <param name="isChosen">By the index of a method, whether it is a scope that was chosen.</param>
    public static List<ThreadTree> Of(IReadOnlyList<ThreadTree> threads, bool[] isChosen)
    {
        var result = new List<ThreadTree>();
        foreach (var thread in threads)
        {
            var sink = new ChosenContexts(isChosen);
            thread.Tree.Visit(sink);
            if (sink.Tree is { Count: > 1 } tree)
                result.Add(new(thread.Id, thread.Name, tree));
        }
        // Contexts that now have the same callers become one.
        return [.. WrittenTrees.AsWritten(result, isChosen.Length)];
    }

    sealed class ChosenContexts(bool[] isChosen) : ContextSink
    {
        readonly CallTreeColumns output = new();
        int depth;

        // How many of the contexts on the path are shown.
        int shown;

        public CallTree? Tree { get; private set; }

        public override void Enter(int method, in ContextFigures figures)
        {
            depth++;
            if (depth == 1)
                output.Enter(method, default);
            else if (shown > 0 || isChosen[method])
                Show(method, figures);
        }

        public override void Leave()
        {
            depth--;
            if (shown > 0)
                shown--;
            else if (depth > 0)
                return;
            output.Leave();
            if (depth == 0)
                Tree = output.Build();
        }

        void Show(int method, in ContextFigures figures)
        {
            shown++;
            output.Enter(method, figures);
        }
    }
}
