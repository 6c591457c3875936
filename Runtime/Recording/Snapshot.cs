namespace ProfilerWeaver;

/// <summary>
/// Reads the trees of a recording, while threads may go on recording into them, and makes a <see cref="ProfileData"/>.
/// </summary>
sealed unsafe class Snapshot
{
    readonly Recording recording;
    readonly MethodLabel[] labels;
    readonly MethodKind[] kinds;
    readonly Dictionary<int, int> methodIndex = [];
    readonly List<MethodLabel> methods = [];

    Snapshot(Recording recording)
    {
        this.recording = recording;
        (labels, kinds) = ModuleTables.ReadAll();
    }

    /// <summary>Takes a snapshot.</summary>
    /// <param name="recording">What to read.</param>
    /// <param name="closeOpenFrames">Whether open activations count as ended now; otherwise they are left out, as
    /// CPython leaves them out of a running profile.</param>
    public static ProfileData Take(Recording recording, bool closeOpenFrames)
    {
        var snapshot = new Snapshot(recording);
        var threads = new List<ThreadTree>();
        foreach (var thread in recording.Threads)
        {
            var (root, folded) = closeOpenFrames ? snapshot.CopyAndClose(thread) : snapshot.Copy(thread, []);
            if (root.Children.Count > 0 || folded is not null)
                threads.Add(new(thread.Id, thread.Name, root.ToCallNode()) { Folded = folded?.ToCallNode() });
        }
        return new()
        {
            Methods = snapshot.methods,
            Threads = threads,
            SecondsPerTick = recording.Clock.MeasureTick(),
            Clock = recording.Clock.Name,
            Unit = recording.Clock.Unit,
            Program = ThisProcess.Name,
            StartedUtc = recording.StartedUtc,
            Duration = recording.Duration,
        };
    }

    // A thread that was recording when it was switched off may leave frames meanwhile; then it is read again.
    (NodeCopy Root, NodeCopy? Folded) CopyAndClose(RecordedThread thread)
    {
        while (true)
        {
            var stack = thread.Stack;
            if (stack == null)
                return Copy(thread, []);
            var top = Volatile.Read(ref *(nint*)&stack->Stack.Top);
            var open = new Dictionary<nint, NodeCopy>();
            var copy = Copy(thread, open);
            CloseOpenFrames(stack, thread.IsCurrent, open);
            if (Volatile.Read(ref *(nint*)&stack->Stack.Top) == top)
                return copy;
        }
    }

    (NodeCopy Root, NodeCopy? Folded) Copy(RecordedThread thread, Dictionary<nint, NodeCopy> open)
    {
        var root = new NodeCopy(Node.RootMethod);
        NodeCopy? folded = null;
        var pending = new Stack<(nint Node, NodeCopy Copy)>();
        pending.Push(((nint)thread.Root, root));
        while (pending.Count > 0)
        {
            var (address, copy) = pending.Pop();
            var node = (Node*)address;
            if (node->Level > 0)
                open[address] = copy;
            // The list may grow meanwhile, behind the newest.
            var newest = node->NewestChild;
            for (var child = newest; child != null; child = child == newest ? null : child)
            {
                child = child->NextSibling;
                // A module that came after this snapshot began has no labels here yet.
                if (child->Method == Node.FoldedMethod)
                    folded = CopyFolded(child, open);
                else if (child->Method < labels.Length)
                    pending.Push(((nint)child, Merge(copy, child, thread.IsFlat)));
            }
        }
        return (root, folded);
    }

    // Two levels: methods, and their callers.
    NodeCopy CopyFolded(Node* root, Dictionary<nint, NodeCopy> open)
    {
        var copy = new NodeCopy(Node.RootMethod) { IsMerged = true };
        foreach (var method in ChildrenOf(root))
        {
            var id = FoldedCalls.MethodOf((Node*)method);
            if (id >= labels.Length)
                continue;
            var methodCopy = MergeFolded(copy, id, (Node*)method, kinds[id] == MethodKind.Resume);
            open[method] = methodCopy;
            foreach (var caller in ChildrenOf((Node*)method))
            {
                var callerId = FoldedCalls.MethodOf((Node*)caller);
                // Called by the thread itself, that is, by no method.
                var pairCopy = callerId < labels.Length
                    ? MergeFolded(methodCopy, callerId, (Node*)caller, kinds[id] == MethodKind.Resume)
                    : new NodeCopy(Node.RootMethod);
                open[caller] = pairCopy;
            }
        }
        return copy;
    }

    NodeCopy MergeFolded(NodeCopy parent, int id, Node* node, bool isResume)
    {
        var method = IndexOf(kinds[id] == MethodKind.Resume ? id - 1 : id);
        var copy = parent.Children.Find(child => child.Method == method);
        if (copy is null)
            parent.Children.Add(copy = new NodeCopy(method));
        copy.Add(node, isResume, hasRecursion: true);
        return copy;
    }

    static List<nint> ChildrenOf(Node* node)
    {
        var children = new List<nint>();
        var newest = node->NewestChild;
        for (var child = newest; child != null; child = child == newest ? null : child)
        {
            child = child->NextSibling;
            children.Add((nint)child);
        }
        return children;
    }

    // The resumes of a method are a context of their own in the tree; in the profile they are part of the method's.
    NodeCopy Merge(NodeCopy parent, Node* node, bool isFlat)
    {
        var isResume = kinds[node->Method] == MethodKind.Resume;
        var method = IndexOf(isResume ? node->Method - 1 : node->Method);
        if (parent.IsMerged || IsResumable(node->Method))
        {
            var same = parent.Children.Find(child => child.Method == method);
            if (same is not null)
            {
                same.IsMerged = true;
                same.Add(node, isResume, isFlat);
                return same;
            }
        }
        var copy = new NodeCopy(method);
        parent.Children.Add(copy);
        copy.Add(node, isResume, isFlat);
        return copy;
    }

    bool IsResumable(int method) =>
        kinds[method] == MethodKind.Resume || (method + 1 < kinds.Length && kinds[method + 1] == MethodKind.Resume);

    int IndexOf(int method)
    {
        if (!methodIndex.TryGetValue(method, out var index))
        {
            methodIndex.Add(method, index = methods.Count);
            methods.Add(labels[method]);
        }
        return index;
    }

    // The same arithmetic as in Recorder.Close, on the copies, from the top of the stack down. Of a thread that stands
    // in the midst of Enter or Close, the topmost start or child time is not right yet: no time becomes negative by it.
    void CloseOpenFrames(ThreadArena* stack, bool isOwn, Dictionary<nint, NodeCopy> copies)
    {
        var top = stack->Stack.Topmost;
        var bottom = stack->Stack.Base;
        if (top == bottom)
            return;
        // A clock of another thread cannot be read.
        var now = recording.Clock.IsOfThread && !isOwn ? stack->Stack.LastInstant : recording.Clock.Read();
        var least = recording.Clock.Timer is null ? 0 : long.MinValue;
        // What stands for the topmost frame in another segment has collected the time of its callees.
        var timeAbove = stack->Stack.Top == top ? 0 : stack->Stack.Top->ChildTime;
        for (var frame = top; frame != bottom && frame != null; frame = Frame.Below(frame))
        {
            var elapsed = Math.Max(least, now - frame->Start);
            var own = Math.Max(least, elapsed - frame->ChildTime - timeAbove);
            Close(frame->Node, elapsed, own, copies);
            timeAbove = elapsed;
            var below = frame - 1;
            if (below->StandsFor != null)
                timeAbove += below->ChildTime;
        }
    }

    void Close(Node* node, long elapsed, long own, Dictionary<nint, NodeCopy> copies)
    {
        var isFolded = FoldedCalls.Has(node);
        var method = isFolded ? FoldedCalls.MethodOf(node->LastChild) : node->Method;
        if (!copies.TryGetValue((nint)node, out var copy))
            return;
        copy.Close(elapsed, own, kinds[method] == MethodKind.Resume);
        if (isFolded && copies.TryGetValue((nint)node->LastChild, out var ofMethod))
            ofMethod.Close(elapsed, own, kinds[method] == MethodKind.Resume);
    }
}
