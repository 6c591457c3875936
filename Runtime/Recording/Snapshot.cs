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
            var root = closeOpenFrames ? snapshot.CopyAndClose(thread) : snapshot.Copy(thread, []);
            if (root.Children.Count > 0)
                threads.Add(new(thread.Id, thread.Name, root.ToCallNode()));
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
    NodeCopy CopyAndClose(RecordedThread thread)
    {
        while (true)
        {
            var stack = thread.Stack;
            if (stack == null)
                return Copy(thread, []);
            var top = Volatile.Read(ref *(nint*)&stack->Top);
            var open = new Dictionary<nint, NodeCopy>();
            var root = Copy(thread, open);
            CloseOpenFrames(stack, thread.IsCurrent, open);
            if (Volatile.Read(ref *(nint*)&stack->Top) == top)
                return root;
        }
    }

    NodeCopy Copy(RecordedThread thread, Dictionary<nint, NodeCopy> open)
    {
        var root = new NodeCopy(Node.RootMethod);
        var pending = new Stack<(nint Node, NodeCopy Copy)>();
        pending.Push(((nint)thread.Root, root));
        while (pending.Count > 0)
        {
            var (address, copy) = pending.Pop();
            var node = (Node*)address;
            if (node->Level > 0)
                open[address] = copy;
            // The newest child comes first in the list; the copies are to stand in the order of the first call.
            var childrenBefore = copy.Children.Count;
            for (var child = node->FirstChild; child != null; child = child->NextSibling)
            {
                // A module that came after this snapshot began has no labels here yet.
                if (child->Method < labels.Length)
                    pending.Push(((nint)child, Merge(copy, child)));
            }
            copy.Children.Reverse(childrenBefore, copy.Children.Count - childrenBefore);
        }
        return root;
    }

    // The resumes of a method are a context of their own in the tree; in the profile they are part of the method's.
    NodeCopy Merge(NodeCopy parent, Node* node)
    {
        var isResume = kinds[node->Method] == MethodKind.Resume;
        var method = IndexOf(isResume ? node->Method - 1 : node->Method);
        if (parent.IsMerged || IsResumable(node->Method))
        {
            var same = parent.Children.Find(child => child.Method == method);
            if (same is not null)
            {
                same.IsMerged = true;
                same.Add(node, isResume);
                return same;
            }
        }
        var copy = new NodeCopy(method);
        parent.Children.Add(copy);
        copy.Add(node, isResume);
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
        var bottom = stack->Base;
        if (stack->Top == bottom)
            return;
        // A clock of another thread cannot be read; its last known instant is when the topmost callee ended.
        var now = recording.Clock.IsOfThread && !isOwn ? stack->Top->Start + stack->Top->ChildTime : recording.Clock.Read();
        var least = recording.Clock.Timer is null ? 0 : long.MinValue;
        long timeAbove = 0;
        for (var frame = stack->Top; frame != bottom && frame != null; frame = frame->Parent)
        {
            var elapsed = Math.Max(least, now - frame->Start);
            var own = Math.Max(least, elapsed - frame->ChildTime - timeAbove);
            if (copies.TryGetValue((nint)frame->Node, out var copy))
                copy.Close(elapsed, own, kinds[frame->Node->Method] == MethodKind.Resume);
            timeAbove = elapsed;
        }
    }
}
