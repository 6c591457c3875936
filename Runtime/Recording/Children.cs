namespace ProfilerWeaver;

/// <summary>
/// Finds the child of a context by its method, or, if it continues another one, by that. Most contexts have a few children, among which
/// it is looked for one by one: they are near each other, and were used lately. Only those of contexts with more are in a table, which
/// is thus small, and which nobody has to wait for who calls a method from somewhere for the first time.
/// </summary>
unsafe struct Children
{
    /// <summary>So many are looked through.</summary>
    internal const int Few = 4;

    ChildTable table;

    /// <summary>The child of a context that is called, and is not the rest of an activation that began elsewhere.</summary>
    public readonly Node* Find(Node* parent, int method)
    {
        if (parent->HasIndexedChildren)
            return table.Find(parent, method);
        var newest = parent->NewestChild;
        if (newest == null)
            return null;
        var child = newest;
        do
        {
            child = child->NextSibling;
            if (child->Method == method && !child->IsContinuation)
                return child;
        }
        while (child != newest);
        return null;
    }

    /// <summary>The child of a context that continues <paramref name="origin"/>.</summary>
    public readonly Node* FindContinuation(Node* parent, Node* origin)
    {
        if (parent->HasIndexedChildren)
            return table.FindContinuation(parent, origin);
        var newest = parent->NewestChild;
        if (newest == null)
            return null;
        var child = newest;
        do
        {
            child = child->NextSibling;
            if (child->IsContinuation && ((AsyncNode*)child)->Origin == origin)
                return child;
        }
        while (child != newest);
        return null;
    }

    /// <summary>How many bytes <see cref="Add"/> would need.</summary>
    public readonly long NeededFor(Node* parent) => IndexedBy(parent) is > 0 and var entries ? table.NeededFor(entries) : 0;

    /// <summary>Whether <see cref="Add"/> neither takes memory nor gives any back.</summary>
    public readonly bool IsAtHand(Node* parent) => IndexedBy(parent) is var entries && (entries == 0 || table.IsAtHandFor(entries));

    /// <summary>Adds a child.</summary>
    /// <param name="parent">Its parent.</param>
    /// <param name="child">The child.</param>
    /// <param name="memory">What the room is counted in.</param>
    public void Add(Node* parent, Node* child, RecorderMemory memory)
    {
        if (IndexedBy(parent) > 0)
        {
            if (!parent->HasIndexedChildren)
                IndexAll(parent, memory);
            table.Add(parent, child, OriginOf(child), memory);
        }
        Node.AddChild(parent, child);
    }

    /// <summary>Forgets every entry and gives the memory back.</summary>
    public void Clear(RecorderMemory memory) => table.Clear(memory);

    // How many entries of the table one more child makes.
    static int IndexedBy(Node* parent)
    {
        if (parent->HasIndexedChildren)
            return 1;
        var newest = parent->NewestChild;
        if (newest == null)
            return 0;
        var count = 1;
        for (var child = newest->NextSibling; child != newest; child = child->NextSibling)
            count++;
        return count < Few ? 0 : count + 1;
    }

    void IndexAll(Node* parent, RecorderMemory memory)
    {
        var newest = parent->NewestChild;
        var child = newest;
        do
        {
            child = child->NextSibling;
            table.Add(parent, child, OriginOf(child), memory);
        }
        while (child != newest);
        parent->HasIndexedChildren = true;
    }

    static Node* OriginOf(Node* child) => child->IsContinuation ? ((AsyncNode*)child)->Origin : null;
}
