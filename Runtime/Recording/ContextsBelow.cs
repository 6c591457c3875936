namespace ProfilerWeaver;

/// <summary>All that belongs to a context as the program was written: what lies below it, and where that was resumed, and what lies
/// below that, in the trees of all threads.</summary>
sealed unsafe class ContextsBelow
{
    readonly HashSet<nint> contexts = [];
    readonly Dictionary<nint, OfThread> threads = [];

    /// <param name="top">The context.</param>
    /// <param name="roots">The roots of the trees of its recording.</param>
    public ContextsBelow(Node* top, IReadOnlyList<nint> roots)
    {
        Top = top;
        var continuations = new Dictionary<nint, List<Continuation>>();
        foreach (var root in roots)
        {
            threads[root] = new();
            Find((Node*)root, continuations);
        }
        var resumed = Collect(continuations);
        foreach (var continuation in resumed)
        {
            // Otherwise it is found below its parent.
            if (!contexts.Contains((nint)continuation.Parent))
                threads[(nint)continuation.Root].Resumed.Add((nint)continuation.Node);
        }
    }

    /// <summary>The context.</summary>
    public Node* Top { get; }

    /// <summary>What a thread has of it; null if nothing.</summary>
    /// <param name="root">The root of the thread's tree.</param>
    public OfThread? PartOf(Node* root) =>
        threads.TryGetValue((nint)root, out var part) && (part.HasTop || part.Resumed.Count > 0) ? part : null;

    /// <summary>Whether it is one of them.</summary>
    public bool Contains(nint context) => contexts.Contains(context);

    /// <summary>Whether a context below one of them continues another one: that is elsewhere in the program.</summary>
    public bool IsOfOthers(Node* context) => context->IsContinuation && !contexts.Contains((nint)context);

    /// <summary>Whether it is one in which the top itself was resumed.</summary>
    public bool IsTopResumed(Node* context) => context->IsContinuation && ((AsyncNode*)context)->Origin == Top;

    void Find(Node* root, Dictionary<nint, List<Continuation>> continuations)
    {
        var pending = new Stack<nint>();
        pending.Push((nint)root);
        while (pending.Count > 0)
        {
            var parent = (Node*)pending.Pop();
            var newest = NewestOf(parent);
            for (var node = newest; node != null;)
            {
                node = node->NextSibling;
                pending.Push((nint)node);
                if (node == Top)
                    threads[(nint)root].HasTop = true;
                if (node->IsContinuation)
                    Add(new(root, parent, node), continuations);
                if (node == newest)
                    break;
            }
        }
    }

    static void Add(Continuation continuation, Dictionary<nint, List<Continuation>> continuations)
    {
        var origin = (nint)((AsyncNode*)continuation.Node)->Origin;
        if (!continuations.TryGetValue(origin, out var list))
            continuations[origin] = list = [];
        list.Add(continuation);
    }

    List<Continuation> Collect(Dictionary<nint, List<Continuation>> continuations)
    {
        var resumed = new List<Continuation>();
        var pending = new Stack<nint>();
        pending.Push((nint)Top);
        while (pending.Count > 0)
        {
            var context = pending.Pop();
            if (!contexts.Add(context))
                continue;
            var newest = NewestOf((Node*)context);
            for (var node = newest; node != null;)
            {
                node = node->NextSibling;
                if (!node->IsContinuation)
                    pending.Push((nint)node);
                if (node == newest)
                    break;
            }
            if (!continuations.TryGetValue(context, out var list))
                continue;
            foreach (var continuation in list)
                pending.Push((nint)continuation.Node);
            resumed.AddRange(list);
        }
        return resumed;
    }

    // The ring of children may grow meanwhile, behind the newest.
    static Node* NewestOf(Node* parent) => (Node*)Volatile.Read(ref *(nint*)&parent->NewestChild);

    /// <summary>What a thread has of it.</summary>
    public sealed class OfThread
    {
        /// <summary>Whether the context itself is in its tree.</summary>
        public bool HasTop { get; set; }

        /// <summary>The contexts in which it was resumed, or one that belongs to it, somewhere else in its tree.</summary>
        public List<nint> Resumed { get; } = [];
    }

    /// <summary>A context of resumes.</summary>
    sealed class Continuation(Node* root, Node* parent, Node* node)
    {
        public Node* Root => root;

        public Node* Parent => parent;

        public Node* Node => node;
    }
}
