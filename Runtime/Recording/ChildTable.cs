namespace ProfilerWeaver;

/// <summary>
/// Finds the child of a context by its method, or if it continues another one, by that: a hash table with open addressing over the contexts of a thread
/// that have many siblings. It is an index only, private to its thread and rebuilt from nothing, so it lies outside the mapped file.
/// </summary>
/// <remarks>It grows a little with every entry: a call that had to move millions of entries would be held up for a second. What
/// is in the table of half the size, and has not been copied yet, is found there.</remarks>
unsafe struct ChildTable
{
    const int FirstCapacity = 256;

    // What an entry that is added does for the former table: with two slots or more, all is copied before the next growth.
    const int SlotsPerEntry = 4;

    // So few pages that giving them back takes some microseconds.
    const int BytesPerEntry = 64 << 10;

    // In the address of the parent of one that continues another: those are told by what they continue.
    const int ContinuationMark = 1;

    struct Entry
    {
        public Node* Parent;
        public Node* Child;
    }

    Entry* entries;
    int capacity;
    int count;

    // The table before the last growth, how many of its slots were copied, and how many of its bytes were given back since. It
    // stays as it is until all is copied: a search that begins in the copied part may end in the other.
    Entry* former;
    int formerCapacity;
    int copied;
    nint freed;

    public readonly Node* Find(Node* parent, int method)
    {
        if (capacity == 0)
            return null;
        var child = Find(entries, capacity, parent, method);
        return child == null && copied < formerCapacity ? Find(former, formerCapacity, parent, method) : child;
    }

    /// <summary>The child of a context that continues <paramref name="origin"/>.</summary>
    public readonly Node* FindContinuation(Node* parent, Node* origin)
    {
        if (capacity == 0)
            return null;
        var child = FindContinuation(entries, capacity, parent, origin);
        return child == null && copied < formerCapacity ? FindContinuation(former, formerCapacity, parent, origin) : child;
    }

    /// <summary>How many bytes it takes to add a number of children.</summary>
    public readonly long NeededFor(int children) => HasRoomFor(children) ? 0 : Math.Max(FirstCapacity, 2L * capacity) * sizeof(Entry);

    /// <summary>Whether a number of children can be added without memory being taken or given back.</summary>
    public readonly bool IsAtHandFor(int children) => HasRoomFor(children) && (former == null || copied + children * SlotsPerEntry <= formerCapacity);

    /// <summary>Adds a child.</summary>
    /// <param name="parent">Its parent.</param>
    /// <param name="child">The child.</param>
    /// <param name="origin">What it continues; null if nothing.</param>
    /// <param name="memory">What the room is counted in.</param>
    public void Add(Node* parent, Node* child, Node* origin, RecorderMemory memory)
    {
        if (!HasRoomFor(1))
            Grow(memory);
        Insert(origin == null ? parent : Marked(parent), child);
        count++;
        if (former != null)
            LeaveFormer(memory, SlotsPerEntry, BytesPerEntry);
    }

    /// <summary>Forgets every entry and gives the memory back.</summary>
    public void Clear(RecorderMemory memory)
    {
        memory.CountOutside(-capacity * (long)sizeof(Entry) - (formerCapacity * (long)sizeof(Entry) - freed));
        PrivateMemory.Free((byte*)entries, (nint)capacity * sizeof(Entry));
        if (former != null)
            PrivateMemory.Free((byte*)former + freed, (nint)formerCapacity * sizeof(Entry) - freed);
        this = default;
    }

    // At most half full: a miss must end at an empty slot soon.
    readonly bool HasRoomFor(int children) => 2 * (count + children) <= capacity;

    void Grow(RecorderMemory memory)
    {
        // Nearly always nothing: its memory is given back in larger pieces than the table has entries to come.
        while (former != null)
            LeaveFormer(memory, SlotsPerEntry, BytesPerEntry);
        var larger = Math.Max(FirstCapacity, 2 * capacity);
        var table = (Entry*)PrivateMemory.Allocate((nint)larger * sizeof(Entry));
        memory.CountOutside(larger * (long)sizeof(Entry));
        former = entries;
        formerCapacity = capacity;
        copied = 0;
        freed = 0;
        entries = table;
        capacity = larger;
    }

    void LeaveFormer(RecorderMemory memory, int slots, int bytes)
    {
        if (copied < formerCapacity)
        {
            for (var end = Math.Min(copied + slots, formerCapacity); copied < end; copied++)
            {
                if (former[copied].Parent != null)
                    Insert(former[copied].Parent, former[copied].Child);
            }
            return;
        }
        var size = (nint)formerCapacity * sizeof(Entry);
        var given = PrivateMemory.FreePart((byte*)former + freed, size - freed, bytes);
        memory.CountOutside(-given);
        freed += given;
        if (freed < size)
            return;
        former = null;
        formerCapacity = 0;
        copied = 0;
        freed = 0;
    }

    static Node* Find(Entry* entries, int capacity, Node* parent, int method)
    {
        for (var slot = Hash(parent, method); ; slot++)
        {
            var entry = &entries[slot & (capacity - 1)];
            if (entry->Parent == null)
                return null;
            if (entry->Parent == parent && entry->Child->Method == method)
                return entry->Child;
        }
    }

    static Node* FindContinuation(Entry* entries, int capacity, Node* parent, Node* origin)
    {
        var marked = Marked(parent);
        for (var slot = Hash(marked, KeyOf(origin)); ; slot++)
        {
            var entry = &entries[slot & (capacity - 1)];
            if (entry->Parent == null)
                return null;
            if (entry->Parent == marked && ((AsyncNode*)entry->Child)->Origin == origin)
                return entry->Child;
        }
    }

    static Node* Marked(Node* parent) => (Node*)((nint)parent | ContinuationMark);

    static int KeyOf(Node* origin) => (int)((nint)origin >> 6);

    readonly void Insert(Node* parent, Node* child)
    {
        var slot = Hash(parent, ((nint)parent & ContinuationMark) == 0 ? child->Method : KeyOf(((AsyncNode*)child)->Origin));
        while (entries[slot & (capacity - 1)].Parent != null)
            slot++;
        entries[slot & (capacity - 1)] = new() { Parent = parent, Child = child };
    }

    // Nodes are 64 bytes apart, so the low bits of their address say nothing; Fibonacci hashing spreads the rest.
    static int Hash(Node* parent, int method) =>
        (int)((((ulong)parent >> 6) + (ulong)(uint)method * 0x9E3779B97F4A7C15UL) * 0xD6E8FEB86659FD93UL >> 33);
}
