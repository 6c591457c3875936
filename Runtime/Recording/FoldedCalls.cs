namespace ProfilerWeaver;

/// <summary>
/// Where a thread's calls go when the tree of contexts has reached the memory limit: two levels, a context for each
/// method and below it one for each of its callers. That is no tree any more, but rows and callers stay exact, because
/// recursion is told as in CPython: by the number of open activations of the method, and of the pair of caller and
/// method, wherever they are.
/// </summary>
/// <remarks>
/// The methods of all contexts here are negative, so that the recorder's hot path, which compares methods, never takes
/// one for a child. A folded activation is charged to the context of its pair, whose <see cref="Node.LastChild"/> is
/// the context of its method.
/// </remarks>
unsafe struct FoldedCalls
{
    /// <summary>The "caller" of what the thread itself calls.</summary>
    public const int NoCaller = Mark | 0x7FFF_FF00;

    const int Mark = int.MinValue;

    Node* root;

    /// <summary>Whether <paramref name="node"/> is the context of a pair or of a method here.</summary>
    public static bool Has(Node* node) => node->Method < Node.FoldedMethod;

    /// <summary>The method that <see cref="Node.Method"/> stands for here.</summary>
    public static int MethodOf(Node* node) => node->Method & ~Mark;

    /// <summary>The context to charge when the topmost activation calls <paramref name="method"/>.</summary>
    public Node* Enter(ThreadArena* arena, int method, RecorderMemory memory)
    {
        if (root == null)
            root = arena->AddFoldedRoot(memory);
        var caller = arena->Stack.Topmost;
        if (!Has(caller->Node))
        {
            CountOpen(arena, +1, memory);
            caller->Node->FoldedCalls++;
        }
        var pair = OfPair(arena, caller->Node, method, memory);
        pair->LastChild->Level++;
        return pair;
    }

    /// <summary>Charges the topmost activation, which is folded, and removes it.</summary>
    public void Exit(ThreadArena* arena, Frame* frame, long now, RecorderMemory memory)
    {
        var pair = frame->Node;
        var elapsed = now - frame->Start;
        var own = elapsed - frame->ChildTime;
        Charge(pair, elapsed, own);
        Charge(pair->LastChild, elapsed, own);
        var parent = frame - 1;
        parent->ChildTime += elapsed;
        arena->Stack.Top = parent;
        if (!Has(parent->Node))
            CountOpen(arena, -1, memory);
    }

    // The arithmetic of CPython's leave, once for the method and once for the pair.
    static void Charge(Node* node, long elapsed, long own)
    {
        node->Self += own;
        if (--node->Level == 0)
            node->Cumulative += elapsed;
        else
            node->Recursive++;
        node->Calls++;
    }

    // While folded activations lie on top of those of the tree, the latter count as open here too.
    readonly void CountOpen(ThreadArena* arena, int change, RecorderMemory memory)
    {
        for (var frame = arena->Stack.Topmost; frame != arena->Stack.Base; frame = Frame.Below(frame))
        {
            var pair = OfPair(arena, Frame.Below(frame)->Node, frame->Node->Method, memory);
            pair->Level += change;
            pair->LastChild->Level += change;
        }
    }

    readonly Node* OfPair(ThreadArena* arena, Node* caller, int method, RecorderMemory memory)
    {
        var callee = OfMethod(arena, method, memory);
        var callerMethod = Has(caller) ? caller->LastChild->Method
            : caller->Method == Node.RootMethod ? NoCaller
            : caller->Method | Mark;
        var pair = arena->FindOrAddFolded(callee, callerMethod, memory);
        pair->LastChild = callee;
        return pair;
    }

    readonly Node* OfMethod(ThreadArena* arena, int method, RecorderMemory memory) =>
        arena->FindOrAddFolded(root, method | Mark, memory);
}
