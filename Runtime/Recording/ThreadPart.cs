namespace ProfilerWeaver;

/// <summary>What is to be shown of a thread.</summary>
/// <param name="id">Its number in the recording.</param>
/// <param name="name">Its name.</param>
/// <param name="root">The root of its tree, as the recorder has its address.</param>
/// <param name="isFlat">Whether its contexts are no tree.</param>
/// <param name="open">Its activations that count as ended.</param>
sealed unsafe class ThreadPart(int id, string name, Node* root, bool isFlat, OpenCalls open)
{
    public OpenCalls Open => open;

    /// <summary>Whether its contexts are no tree.</summary>
    public bool IsFlat => isFlat;

    /// <summary>Shows threads, and the calls for which there was no room in their trees: with the thread that made them, or
    /// if it was several, as a thread of their own.</summary>
    /// <param name="threads">The threads.</param>
    /// <param name="truncated">The calls that are in no tree; null if there are none.</param>
    /// <param name="truncatedBy">The root of the thread that made them all; null if it was several.</param>
    /// <param name="reader">Who reads the trees.</param>
    /// <param name="visitor">Who looks.</param>
    public static void Show(
        IReadOnlyList<ThreadPart> threads, TruncatedReader? truncated, Node* truncatedBy, TreeReader reader, ProfileVisitor visitor)
    {
        var last = 0;
        foreach (var thread in threads)
        {
            var hasTruncated = truncated is not null && truncatedBy == thread.Root;
            if (!hasTruncated && !reader.HasContexts(thread.Root))
                continue;
            thread.Show(reader, visitor);
            last = thread.Id;
            if (!hasTruncated)
                continue;
            truncated!.Show(visitor, reader.IndexOf);
            truncated = null;
        }
        if (truncated is null)
            return;
        visitor.BeginThread(last + 1, TruncatedReader.ThreadName);
        visitor.BeginTree(isTruncated: false);
        visitor.Enter(Node.RootMethod, default);
        visitor.Leave();
        visitor.EndTree();
        truncated.Show(visitor, reader.IndexOf);
    }

    /// <summary>The root of its tree, as the recorder has its address.</summary>
    public Node* Root => root;

    int Id => id;

    /// <summary>Shows what belongs to a context, wherever it is.</summary>
    /// <param name="threads">The threads.</param>
    /// <param name="reader">Who reads the trees.</param>
    /// <param name="visitor">Who looks.</param>
    public static void ShowOnly(IReadOnlyList<ThreadPart> threads, TreeReader reader, ProfileVisitor visitor)
    {
        foreach (var thread in threads)
        {
            if (reader.Only!.PartOf(thread.Root) is not { } part)
                continue;
            visitor.BeginThread(thread.Id, thread.Name);
            reader.ShowOnly(part, thread.Open, visitor);
        }
    }

    string Name => name;

    void Show(TreeReader reader, ProfileVisitor visitor)
    {
        visitor.BeginThread(id, name);
        reader.Show(root, isFlat, open, visitor);
    }
}
