namespace ProfilerWeaver;

/// <summary>
/// Reads the trees and stacks of threads, which may go on recording into them, and collects the methods that occur.
/// </summary>
/// <param name="image">The recorder's memory.</param>
/// <param name="known">The methods.</param>
/// <param name="isSampled">Whether times were not measured in calls (<see cref="Sampler"/>).</param>
/// <param name="suspended">What there is to know of async methods; null if none was suspended.</param>
sealed unsafe class TreeReader(RecorderImage image, RecordedMethods known, bool isSampled, SuspendedCalls? suspended = null)
{
    readonly int[] indices = new int[known.Count];
    readonly Sequence<MethodLabel> methods = new();

    // The children of all contexts on the current path that are still to be shown.
    Child[] children = new Child[256];
    int childCount;

    // The contexts on that path. Not a Sequence: each context is put there and taken away.
    Level[] levels = new Level[64];

    /// <summary>The methods that occur in the trees so far.</summary>
    public IReadOnlyList<MethodLabel> Methods => methods;

    /// <summary>What contexts, and pairs of truncated calls, had before, and is not to be shown; null: nothing.</summary>
    public ContextReading? Since { get; init; }

    /// <summary>Takes note of what they have now; null: nobody wants to know.</summary>
    public ContextReading? Taken { get; init; }

    /// <summary>Those that are to be shown; null: all.</summary>
    public ContextsBelow? Only { get; init; }

    /// <summary>How many open activations were counted as ended.</summary>
    public int Closed { get; private set; }

    /// <summary>Whether a tree has contexts besides its root.</summary>
    public bool HasContexts(Node* root)
    {
        var children = new Children(image, image.At(root));
        while (children.MoveNext())
        {
            if (IsKnown(children.Address, children.Node->Method))
                return true;
        }
        return false;
    }

    /// <summary>Shows the tree of a thread.</summary>
    /// <param name="root">Its root, as the recorder has its address.</param>
    /// <param name="isFlat">Whether its contexts are no tree.</param>
    /// <param name="open">The thread's open activations, which are to count as ended.</param>
    /// <param name="visitor">Who looks.</param>
    public void Show(Node* root, bool isFlat, OpenCalls open, ProfileVisitor visitor)
    {
        if (isSampled)
            visitor = new DerivedTotals(visitor);
        childCount = 0;
        AddChildren(image.At(root), 0, isMerged: false);
        ShowTree(default, isFlat, open, visitor);
    }

    /// <summary>Shows what <see cref="Only"/> has of a thread. The context below which all is becomes the root.</summary>
    /// <param name="part">What there is.</param>
    /// <param name="open">The thread's open activations, which are to count as ended.</param>
    /// <param name="visitor">Who looks.</param>
    public void ShowOnly(ContextsBelow.OfThread part, OpenCalls open, ProfileVisitor visitor)
    {
        if (isSampled)
            visitor = new DerivedTotals(visitor);
        childCount = 0;
        var root = default(ContextFigures);
        if (part.HasTop)
        {
            root.Async.Key = suspended!.KeyOf((nint)Only!.Top);
            AddChildren(Only.Top, 0, isMerged: false);
        }
        foreach (Node* resumed in part.Resumed)
            AddChild(resumed, image.At(resumed), 0, isMerged: false);
        ShowTree(root, isFlat: false, open, visitor);
    }

    /// <summary>Reads the calls for which there was no room in the trees. To be called before the stacks are read: what has
    /// ended meanwhile is missing then, rather than being there twice.</summary>
    /// <param name="root">Their root, as the recorder has its address; null if there were none.</param>
    public TruncatedReader? ReadTruncated(Node* root)
    {
        if (root == null)
            return null;
        var result = new TruncatedReader();
        var truncated = new Children(image, image.At(root));
        while (truncated.MoveNext())
        {
            var id = TruncatedNode.MethodOf(truncated.Node);
            if (!IsKnown(truncated.Address, id))
                continue;
            var isResume = known.IsResume(id);
            var method = isResume ? id - 1 : id;
            var figures = default(ContextFigures);
            AddTruncated(truncated.Address, truncated.Node, method, isResume, ref figures);
            result.AddMethod(method, figures);
            var pairs = new Children(image, truncated.Node);
            while (pairs.MoveNext())
            {
                var caller = TruncatedNode.MethodOf(pairs.Node);
                // Called by the thread itself, that is, by no method.
                var callerId = caller >= known.Count ? Node.RootMethod : known.IsResume(caller) ? caller - 1 : caller;
                figures = default;
                if (callerId >= 0)
                    AddTruncated(pairs.Address, pairs.Node, method, isResume, ref figures);
                var isPart = known.IsResumable(id) || (callerId >= 0 && known.IsResumable(caller));
                result.AddCaller((nint)pairs.Address, callerId, method, isResume, isPart, figures);
            }
        }
        return result;
    }

    /// <summary>The place of a method in <see cref="Methods"/>.</summary>
    public int IndexOf(int method)
    {
        var row = known.RowOf(method);
        if (indices[row] == 0)
        {
            methods.Add(known.Label(row));
            indices[row] = methods.Count;
        }
        return indices[row] - 1;
    }

    /// <summary>The open activations of a stack, from the top down; and how many of their contexts had ended while they
    /// were open.</summary>
    public static List<OpenFrame> OpenFrames(RecorderImage image, FrameStack* stack)
    {
        var frames = Walk(image, stack);
        // What is still there was open all the while. It is at the bottom.
        var later = Walk(image, stack);
        var same = 0;
        while (same < Math.Min(frames.Count, later.Count) && frames[frames.Count - 1 - same].IsSame(later[later.Count - 1 - same]))
            same++;
        frames.RemoveRange(0, frames.Count - same);
        return frames;
    }

    static List<OpenFrame> Walk(RecorderImage image, FrameStack* stack)
    {
        var frames = new List<OpenFrame>();
        // What stands for an activation in a further segment has collected the time of its callees.
        long collected = 0;
        var slot = (Frame*)Volatile.Read(ref *(nint*)&stack->Top);
        var bottom = (Frame*)Volatile.Read(ref *(nint*)&stack->Base);
        while (slot != bottom)
        {
            var frame = image.At(slot);
            // What lies in private memory is lost, and so is the way to what lies below.
            if (frame == null)
                return [];
            if (frame->StandsFor != null)
            {
                collected += frame->ChildTime;
                slot = frame->StandsFor;
                continue;
            }
            var node = image.At(frame->Node);
            frames.Add(new((nint)slot, (nint)frame->Node, MethodOf(image, node), frame->Start, frame->ChildTime + collected,
                node == null ? 0 : Volatile.Read(ref node->Calls), node != null && TruncatedNode.Is(node)));
            collected = 0;
            slot--;
        }
        return frames;
    }

    static int MethodOf(RecorderImage image, Node* node)
    {
        if (node == null || !TruncatedNode.Is(node))
            return node == null ? Node.NoMethod : node->Method;
        var method = image.At(node->LastChild);
        return method == null ? Node.NoMethod : TruncatedNode.MethodOf(method);
    }

    // The children of the root were added. Preorder without recursion: a tree can be as deep as the program's stack was.
    void ShowTree(in ContextFigures root, bool isFlat, OpenCalls open, ProfileVisitor visitor)
    {
        visitor.BeginTree(isTruncated: false);
        visitor.Enter(Node.RootMethod, root);
        levels[0] = new() { End = childCount };
        for (var depth = 0; depth >= 0;)
        {
            ref var level = ref levels[depth];
            if (level.Next == level.End)
            {
                if (depth-- > 0)
                    visitor.Leave();
                childCount = level.Begin;
                continue;
            }
            var context = level.Next++;
            if (children[context].IsMergedAway)
                continue;
            ShowContext(context, isFlat, open, visitor);
            var begin = childCount;
            var isMerged = children[context].SameMethod >= 0;
            for (var part = context; part >= 0; part = children[part].SameMethod)
                AddChildren(children[part].Node, begin, isMerged);
            if (++depth == levels.Length)
                Array.Resize(ref levels, depth * 2);
            levels[depth] = new() { Begin = begin, Next = begin, End = childCount };
        }
        visitor.Leave();
        visitor.EndTree();
    }

    void ShowContext(int child, bool isFlat, OpenCalls open, ProfileVisitor visitor)
    {
        var figures = default(ContextFigures);
        for (var part = child; part >= 0; part = children[part].SameMethod)
        {
            var address = (nint)children[part].Address;
            var slowestBefore = figures.SlowestTicks;
            if (Taken is null && Since is null)
            {
                AddPart(children[part], isFlat, open, ref figures);
            }
            else
            {
                // Of the parts before, what has to be told from this one.
                var before = figures;
                var isOpen = AddPart(children[part], isFlat, open, ref figures);
                Compare(address, before, isOpen, ref figures);
            }
            figures.SlowestTicks = SlowestCall.Of(slowestBefore, figures.SlowestTicks);
            // Of the root itself, which has no figures.
            if (Only is not null && Only.IsTopResumed((Node*)address))
                figures = new() { Async = new() { Continues = figures.Async.Continues } };
        }
        visitor.Enter(children[child].Method, figures);
    }

    // The slowest call is that of this part.
    bool AddPart(in Child part, bool isFlat, OpenCalls open, ref ContextFigures figures)
    {
        var address = part.Address;
        var recursive = isFlat ? RecursiveOf(address) : 0;
        var node = Read(part.Node);
        open.Restore((nint)address, ref node, ref recursive);
        var isResume = known.IsResume(node.Method);
        var cumulativeBefore = figures.CumulativeTicks;
        figures.SlowestTicks = 0;
        Add(address, node, isResume, ref figures);
        if (isFlat)
            AddRecursive(address, recursive, node.Calls, isResume, ref figures);
        else
            figures.TruncatedCalls += node.TruncatedCalls;
        var closed = isFlat
            ? open.CloseFlat((nint)address, node.Level, isResume, ref figures)
            : open.CloseInTree((nint)address, node.Calls, isResume, ref figures);
        Closed += closed;
        if (known.IsAsync(node.Method))
            AddAsync(address, isResume, isFlat, figures.CumulativeTicks - cumulativeBefore, ref figures);
        return closed > 0;
    }

    // The resumes of a method are a context of their own in the tree; in the profile they are part of the method's. The
    // children of contexts that become one have to become one, too.
    int AddChildren(Node* parent, int begin, bool isMerged)
    {
        var ring = new Children(image, parent);
        while (ring.MoveNext())
        {
            if (Only?.IsOfOthers(ring.Address) != true)
                AddChild(ring.Address, ring.Node, begin, isMerged);
        }
        return childCount;
    }

    void AddChild(Node* address, Node* node, int begin, bool isMerged)
    {
        var method = node->Method;
        if (!IsKnown(address, method))
            return;
        if (childCount == children.Length)
            Array.Resize(ref children, childCount * 2);
        var added = childCount++;
        children[added] = new()
        {
            Address = address,
            Node = node,
            Method = IndexOf(known.IsResume(method) ? method - 1 : method),
            SameMethod = -1,
        };
        if ((isMerged || known.IsResumable(method)) && IsMergeable(address, method))
            MergeWithSame(begin, added);
    }

    void MergeWithSame(int begin, int added)
    {
        for (var other = begin; other < added; other++)
        {
            if (children[other].Method != children[added].Method || children[other].IsMergedAway
                || !IsMergeable(children[other].Address, children[other].Node->Method) || HaveTwoKeys(other, added))
                continue;
            children[added].IsMergedAway = true;
            while (children[other].SameMethod >= 0)
                other = children[other].SameMethod;
            children[other].SameMethod = added;
            return;
        }
    }

    // Each context of calls of an async method may be continued: a merged one would need the keys of both. Whoever puts the trees
    // together makes one of them.
    bool HaveTwoKeys(int first, int added)
    {
        if (suspended is null || !HasKey(added))
            return false;
        for (var part = first; part >= 0; part = children[part].SameMethod)
        {
            if (HasKey(part))
                return true;
        }
        return false;
    }

    bool HasKey(int child) => known.IsAsync(children[child].Node->Method) && !known.IsResume(children[child].Node->Method);

    // One that continues another will be a part of that; measurements, which others continue, are put together with them.
    bool IsMergeable(Node* address, int method) =>
        suspended is null
        || !(known.IsMeasurement(method) || (known.IsResume(method) && known.IsAsync(method)
            && image.At((AsyncNode*)address) is var node && node != null && node->Origin != null));

    // What the contexts of the others had together is in the figures, but for the slowest call.
    void Compare(nint address, in ContextFigures others, bool isOpen, ref ContextFigures figures)
    {
        var own = figures;
        own.Subtract(others);
        Taken?.Set(address, own, isOpen);
        Since?.Subtract(address, own, ref figures);
    }

    static Node Read(Node* node) => new()
    {
        Method = node->Method,
        Level = node->Level,
        Calls = Volatile.Read(ref node->Calls),
        Self = node->Self,
        Cumulative = node->Cumulative,
        Slowest = node->Slowest,
    };

    // To be read before the calls, which its thread counts first: it is never more than all calls.
    long RecursiveOf(Node* address)
    {
        var node = image.At((FlatNode*)address);
        return node == null ? 0 : Volatile.Read(ref node->Recursive);
    }

    void AddTruncated(Node* address, Node* node, int method, bool isResume, ref ContextFigures figures)
    {
        var recursive = RecursiveOf(address);
        var read = Read(node);
        Add(address, read, isResume, ref figures);
        AddRecursive(address, recursive, read.Calls, isResume, ref figures);
        if (known.IsAsync(method))
            AddAsync(address, isResume, isFlat: true, running: 0, ref figures);
        if (Taken is not null || Since is not null)
            Compare((nint)address, default, isOpen: false, ref figures);
    }

    void AddAsync(Node* address, bool isResume, bool isFlat, long running, ref ContextFigures figures)
    {
        // Nobody knows there which call a resume belongs to.
        if (isFlat)
            figures.SlowestTicks = isResume || isSampled ? 0 : SlowestCall.Unknown;
        else
            suspended?.Add((nint)address, image.At((AsyncNode*)address), isResume, running, ref figures);
    }

    void AddRecursive(Node* address, long recursive, long calls, bool isResume, ref ContextFigures figures)
    {
        if (!isResume)
            figures.RecursiveCalls += Math.Min(recursive, calls);
        if (recursive < 0)
            image.Refuse(address, "a count is negative");
    }

    void Add(Node* address, in Node node, bool isResume, ref ContextFigures figures)
    {
        if (isResume)
            figures.Resumes += node.Calls;
        else
            figures.Calls += node.Calls;
        figures.SelfTicks += node.Self;
        figures.CumulativeTicks += node.Cumulative;
        if (isSampled)
            figures.Samples += node.Samples;
        else
            figures.SlowestTicks = node.Slowest;
        if (node.Calls < 0 || node.Slowest < 0)
            image.Refuse(address, "a count is negative");
    }

    // A module that came after this snapshot began has no labels here yet; one whose table the disk had no room for never
    // has.
    bool IsKnown(Node* address, int method)
    {
        if ((uint)method < (uint)known.Count)
            return true;
        if (!image.IsIncomplete)
            image.Refuse(address, $"there is no method {method}");
        return false;
    }

    /// <summary>A context that is to be shown, or a part of one.</summary>
    struct Child
    {
        public Node* Address;
        public Node* Node;
        public int Method;

        /// <summary>The next one that becomes part of the same context; -1: none.</summary>
        public int SameMethod;

        /// <summary>Whether it is part of one before.</summary>
        public bool IsMergedAway;
    }

    /// <summary>The children of a context on the current path.</summary>
    struct Level
    {
        public int Begin;

        /// <summary>The one to show next.</summary>
        public int Next;

        public int End;
    }

    /// <summary>The children of a context in the order of their first call. The ring may grow meanwhile, behind the
    /// newest.</summary>
    ref struct Children
    {
        readonly RecorderImage image;
        readonly Node* newest;
        readonly Node* newestNode;

        public Children(RecorderImage image, Node* parent)
        {
            this.image = image;
            newest = parent == null ? null : parent->NewestChild;
            newestNode = newest == null ? null : image.At(newest);
        }

        /// <summary>Where the recorder has the child.</summary>
        public Node* Address { get; private set; }

        /// <summary>Where it can be read.</summary>
        public Node* Node { get; private set; }

        public bool MoveNext()
        {
            // What lies in private memory is lost, and so is the way to the others.
            if (newestNode == null || (Address == newest && Node != null))
                return false;
            Address = (Node == null ? newestNode : Node)->NextSibling;
            Node = Address == newest ? newestNode : image.At(Address);
            return Node != null;
        }
    }
}
