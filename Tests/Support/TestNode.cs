namespace ProfilerWeaver.Tests;

/// <summary>A context of a tree that a test writes down.</summary>
sealed record TestNode
{
    public int Method { get; init; }

    public long Calls { get; init; }

    public long RecursiveCalls { get; init; }

    public long Resumes { get; init; }

    public long SelfTicks { get; init; }

    public long CumulativeTicks { get; init; }

    public long TruncatedCalls { get; init; }

    public long SlowestTicks { get; init; }

    public long Samples { get; init; }

    public Occurrence Occurrence { get; init; }

    public IReadOnlyList<TestNode> Children { get; init; } = [];

    /// <summary>This context and all below it, in preorder.</summary>
    public IEnumerable<TestNode> SelfAndDescendants() => Children.SelectMany(child => child.SelfAndDescendants()).Prepend(this);

    /// <summary>The tree whose root this is.</summary>
    public CallTree ToTree()
    {
        // No recursion: some trees are deep.
        var builder = new CallTreeColumns();
        var pending = new Stack<TestNode?>([this]);
        while (pending.TryPop(out var node))
        {
            if (node is null)
            {
                builder.Leave();
                continue;
            }
            builder.Enter(node.Method, new()
            {
                Calls = node.Calls,
                RecursiveCalls = node.RecursiveCalls,
                Resumes = node.Resumes,
                SelfTicks = node.SelfTicks,
                CumulativeTicks = node.CumulativeTicks,
                TruncatedCalls = node.TruncatedCalls,
                SlowestTicks = node.SlowestTicks,
                Samples = node.Samples,
                Occurrence = node.Occurrence,
            });
            pending.Push(null);
            foreach (var child in node.Children.Reverse())
                pending.Push(child);
        }
        return builder.Build();
    }
}

/// <summary>Writes down what a sink is shown.</summary>
static class TreeSteps
{
    /// <summary>The methods of a tree as they are entered (<c>+1</c>) and left (<c>-1</c>).</summary>
    public static string Of(CallTree tree)
    {
        var steps = new Steps();
        tree.Visit(steps);
        return string.Join(' ', steps.Seen);
    }

    /// <summary>The deepest level of a tree; that of its root is 0.</summary>
    public static int DepthOf(CallTree tree)
    {
        var steps = new Steps();
        tree.Visit(steps);
        return steps.Deepest;
    }

    sealed class Steps : ContextSink
    {
        readonly Stack<int> path = new();

        public List<string> Seen { get; } = [];

        public int Deepest { get; private set; }

        public override void Enter(int method, in ContextFigures figures)
        {
            Deepest = Math.Max(Deepest, path.Count);
            path.Push(method);
            Seen.Add($"+{method}");
        }

        public override void Leave() => Seen.Add($"-{path.Pop()}");
    }
}
