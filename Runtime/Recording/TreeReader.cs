namespace ProfilerWeaver;

/// <summary>
/// Reads the trees and stacks of threads, which may go on recording into them, and collects the methods that occur.
/// </summary>
sealed unsafe class TreeReader(RecorderImage image, RecordedMethods known)
{
    readonly Dictionary<int, int> methodIndex = [];
    readonly Sequence<MethodLabel> methods = new();
    readonly Dictionary<nint, OpenFrame> openFrames = [];

    /// <summary>The methods that occur in the trees so far.</summary>
    public IReadOnlyList<MethodLabel> Methods => methods;

    /// <summary>Copies the tree of a thread.</summary>
    /// <param name="root">Its root, as the recorder has its address.</param>
    /// <param name="isFlat">Whether its contexts are no tree.</param>
    /// <param name="frames">The thread's open activations.</param>
    /// <param name="open">Takes their contexts, by their addresses.</param>
    public NodeCopy Copy(Node* root, bool isFlat, List<OpenFrame> frames, Dictionary<nint, OpenContext> open)
    {
        openFrames.Clear();
        foreach (var frame in frames)
            openFrames[frame.Node] = frame;
        var copy = new NodeCopy(Node.RootMethod);
        var pending = new Sequence<Pending>();
        pending.Add(new(image.At(root), copy));
        while (pending.Count > 0)
        {
            var parent = pending.Pop();
            var children = new Children(image, parent.Node);
            while (children.MoveNext())
            {
                var child = children.Node;
                if (IsKnown(children.Address, child->Method))
                    pending.Add(new(child, Merge(parent.Copy, children.Address, child, isFlat, open)));
            }
        }
        return copy;
    }

    /// <summary>The open activations of a stack, from the top down; and how many of their contexts had ended while they
    /// were open.</summary>
    public List<OpenFrame> OpenFrames(FrameStack* stack)
    {
        var frames = Walk(stack);
        // What is still there was open all the while. It is at the bottom.
        var later = Walk(stack);
        var same = 0;
        while (same < Math.Min(frames.Count, later.Count) && frames[frames.Count - 1 - same].IsSame(later[later.Count - 1 - same]))
            same++;
        frames.RemoveRange(0, frames.Count - same);
        return frames;
    }

    List<OpenFrame> Walk(FrameStack* stack)
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
            frames.Add(new((nint)slot, (nint)frame->Node, MethodOf(node), frame->Start, frame->ChildTime + collected,
                node == null ? 0 : Volatile.Read(ref node->Calls)));
            collected = 0;
            slot--;
        }
        return frames;
    }

    int MethodOf(Node* node)
    {
        if (node == null || !FoldedTable.Has(node))
            return node == null ? Node.NoMethod : node->Method;
        var method = image.At(node->LastChild);
        return method == null ? Node.NoMethod : FoldedTable.MethodOf(method);
    }

    /// <summary>
    /// Counts open activations as ended: the same arithmetic as in <c>Recorder.Close</c>, on the copies. Of a thread
    /// that stands in the midst of Enter or Close, the topmost start or child time is not right yet: no time becomes
    /// negative by it, or longer than its caller's.
    /// </summary>
    /// <param name="frames">The activations, from the top down.</param>
    /// <param name="contexts">The contexts that had open activations.</param>
    /// <param name="start">The clock when the recording began.</param>
    /// <param name="now">The clock when they ended.</param>
    /// <param name="clockIsCustom">Whether the clock may run backwards.</param>
    /// <returns>How many were counted.</returns>
    public static int Close(
        List<OpenFrame> frames, Dictionary<nint, OpenContext> contexts, long start, long now, bool clockIsCustom)
    {
        var closed = 0;
        long timeAbove = 0;
        for (var i = 0; i < frames.Count; i++)
        {
            var frame = frames[i];
            var elapsed = now - frame.Start;
            var own = elapsed - frame.ChildTime - timeAbove;
            if (!clockIsCustom)
            {
                var earliest = i + 1 < frames.Count ? frames[i + 1].Start : start;
                elapsed = Math.Max(0, Math.Min(elapsed, now - earliest));
                own = Math.Min(Math.Max(0, own), elapsed);
            }
            if (contexts.TryGetValue(frame.Node, out var context) && context.Close(elapsed, own))
                closed++;
            timeAbove = elapsed;
        }
        return closed;
    }

    /// <summary>Copies the calls for which there was no room in the trees. To be called before the stacks are read: what has
    /// ended meanwhile is missing then, rather than being there twice.</summary>
    /// <param name="root">Their root, as the recorder has its address.</param>
    public FoldedCopy CopyFolded(Node* root)
    {
        var copy = new NodeCopy(Node.RootMethod) { IsMerged = true };
        var result = new FoldedCopy(copy);
        var folded = new Children(image, image.At(root));
        while (folded.MoveNext())
        {
            var id = FoldedTable.MethodOf(folded.Node);
            if (!IsKnown(folded.Address, id))
                continue;
            var isResume = known.IsResume(id);
            var method = MergeFolded(copy, id, folded.Address, folded.Node, isResume);
            var pairs = new Children(image, folded.Node);
            while (pairs.MoveNext())
            {
                var caller = FoldedTable.MethodOf(pairs.Node);
                // Called by the thread itself, that is, by no method.
                var pair = caller < known.Count
                    ? MergeFolded(method, caller, pairs.Address, pairs.Node, isResume)
                    : new NodeCopy(Node.RootMethod);
                result.Add((nint)pairs.Address, pair, method, isResume);
            }
        }
        return result;
    }

    NodeCopy MergeFolded(NodeCopy parent, int id, Node* address, Node* node, bool isResume)
    {
        var method = IndexOf(known.IsResume(id) ? id - 1 : id);
        var copy = parent.Children.Find(child => child.Method == method);
        if (copy is null)
            parent.Children.Add(copy = new NodeCopy(method));
        Add(copy, address, node, isResume, hasRecursion: true);
        return copy;
    }

    // The resumes of a method are a context of their own in the tree; in the profile they are part of the method's.
    NodeCopy Merge(NodeCopy parent, Node* address, Node* node, bool isFlat, Dictionary<nint, OpenContext> open)
    {
        var isResume = known.IsResume(node->Method);
        var method = IndexOf(isResume ? node->Method - 1 : node->Method);
        var copy = parent.IsMerged || known.IsResumable(node->Method)
            ? parent.Children.Find(child => child.Method == method)
            : null;
        if (copy is null)
            parent.Children.Add(copy = new(method));
        else
            copy.IsMerged = true;
        var ended = Add(copy, address, node, isResume, hasRecursion: isFlat);
        // In a tree one activation is open at most, and nobody counts how many: if another one has ended since, it was
        // that one.
        if (openFrames.TryGetValue((nint)address, out var frame) && (isFlat || ended == frame.Calls))
            open[(nint)address] = new(copy, isFlat ? node->Level : 1, isResume);
        return copy;
    }

    long Add(NodeCopy copy, Node* address, Node* node, bool isResume, bool hasRecursion)
    {
        var ended = copy.Add(node, isResume, hasRecursion);
        if (ended < 0)
            image.Refuse(address, "a count is negative");
        return ended;
    }

    // A module that came after this snapshot began has no labels here yet.
    bool IsKnown(Node* address, int method)
    {
        if ((uint)method < (uint)known.Count)
            return true;
        image.Refuse(address, $"there is no method {method}");
        return false;
    }

    int IndexOf(int method)
    {
        if (!methodIndex.TryGetValue(method, out var index))
        {
            methodIndex.Add(method, index = methods.Count);
            methods.Add(known.Label(method));
        }
        return index;
    }

    /// <summary>A context whose children are still to be copied.</summary>
    readonly struct Pending(Node* node, NodeCopy copy)
    {
        public Node* Node => node;

        public NodeCopy Copy => copy;
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

/// <summary>An activation that was open when the stack was read.</summary>
/// <param name="Slot">The address of its frame.</param>
/// <param name="Node">The address of its context.</param>
/// <param name="Method">Its method.</param>
/// <param name="Start">The clock when it began.</param>
/// <param name="ChildTime">Ticks in the activations that it made and that have ended.</param>
/// <param name="Calls">How many activations of its context had ended.</param>
sealed record OpenFrame(nint Slot, nint Node, int Method, long Start, long ChildTime, long Calls)
{
    /// <summary>Whether the other one is the same activation, at another time.</summary>
    public bool IsSame(OpenFrame other) => Slot == other.Slot && Node == other.Node && Start == other.Start;
}
