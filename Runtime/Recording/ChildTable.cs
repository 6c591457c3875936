namespace ProfilerWeaver;

/// <summary>
/// Finds the child of a context by its method: a hash table with open addressing over all contexts of a thread. It is
/// an index only, private to its thread and rebuilt from nothing, so it lies outside the mapped file.
/// </summary>
unsafe struct ChildTable
{
    const int FirstCapacity = 256;

    struct Entry
    {
        public Node* Parent;
        public Node* Child;
    }

    Entry* entries;
    int capacity;
    int count;

    public readonly Node* Find(Node* parent, int method)
    {
        if (capacity == 0)
            return null;
        for (var slot = Hash(parent, method); ; slot++)
        {
            var entry = &entries[slot & (capacity - 1)];
            if (entry->Parent == null)
                return null;
            if (entry->Parent == parent && entry->Child->Method == method)
                return entry->Child;
        }
    }

    /// <summary>How many bytes <see cref="Add"/> would need.</summary>
    public readonly long Needed => IsFull ? 2L * capacity * sizeof(Entry) : 0;

    public void Add(Node* parent, Node* child, RecorderMemory memory)
    {
        if (IsFull)
            Grow(memory);
        Insert(parent, child);
        count++;
    }

    /// <summary>Forgets every entry and gives the memory back.</summary>
    public void Clear(RecorderMemory memory)
    {
        memory.CountOutside(-capacity * (long)sizeof(Entry));
        PrivateMemory.Free((byte*)entries, (nint)capacity * sizeof(Entry));
        entries = null;
        capacity = 0;
        count = 0;
    }

    // At most half full: a miss must end at an empty slot soon.
    readonly bool IsFull => 2 * (count + 1) > capacity;

    void Grow(RecorderMemory memory)
    {
        var old = this;
        var larger = Math.Max(FirstCapacity, 2 * capacity);
        entries = (Entry*)PrivateMemory.Allocate((nint)larger * sizeof(Entry));
        memory.CountOutside((larger - capacity) * (long)sizeof(Entry));
        capacity = larger;
        for (var i = 0; i < old.capacity; i++)
        {
            if (old.entries[i].Parent != null)
                Insert(old.entries[i].Parent, old.entries[i].Child);
        }
        PrivateMemory.Free((byte*)old.entries, (nint)old.capacity * sizeof(Entry));
    }

    readonly void Insert(Node* parent, Node* child)
    {
        var slot = Hash(parent, child->Method);
        while (entries[slot & (capacity - 1)].Parent != null)
            slot++;
        entries[slot & (capacity - 1)] = new() { Parent = parent, Child = child };
    }

    // Nodes are 64 bytes apart, so the low bits of their address say nothing; Fibonacci hashing spreads the rest.
    static int Hash(Node* parent, int method) =>
        (int)((((ulong)parent >> 6) + (ulong)(uint)method * 0x9E3779B97F4A7C15UL) * 0xD6E8FEB86659FD93UL >> 33);
}
