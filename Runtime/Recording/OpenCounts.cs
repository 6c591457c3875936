namespace ProfilerWeaver;

/// <summary>
/// How many activations of a method, or of a pair of caller and method, are open on a thread: a hash table with open
/// addressing, which has what is open and no more.
/// </summary>
unsafe struct OpenCounts
{
    const int FirstCapacity = 64;

    struct Entry
    {
        // 0: free.
        public long Key;
        public long Count;
    }

    Entry* entries;
    int capacity;
    int used;

    /// <summary>Whether as many keys can be added as they are, without more memory.</summary>
    public readonly bool HasRoomFor(int keys) => 2 * (used + keys) <= capacity;

    /// <summary>One more is open.</summary>
    /// <param name="key">Not 0.</param>
    /// <param name="memory">Takes note of what the table takes.</param>
    public void Add(long key, RecorderMemory memory)
    {
        // At most half full: a search must end soon.
        if (2 * (used + 1) > capacity)
            Grow(memory);
        var entry = Find(key);
        if (entry->Count++ == 0)
        {
            entry->Key = key;
            used++;
        }
    }

    /// <summary>One that was added is not open any more.</summary>
    /// <returns>Whether none is.</returns>
    public bool RemoveLast(long key)
    {
        var entry = Find(key);
        // One whose context has been taken for another recording meanwhile was added by another name.
        if (entry->Key == 0)
            return true;
        if (--entry->Count > 0)
            return false;
        Free((int)(entry - entries));
        used--;
        return true;
    }

    /// <summary>None of anything is open.</summary>
    public void Clear(RecorderMemory memory)
    {
        memory.CountOutside(-capacity * (long)sizeof(Entry));
        PrivateMemory.Free((byte*)entries, (nint)capacity * sizeof(Entry));
        this = default;
    }

    readonly Entry* Find(long key)
    {
        var slot = Home(key);
        while (entries[slot].Key != key && entries[slot].Key != 0)
            slot = (slot + 1) & (capacity - 1);
        return &entries[slot];
    }

    // A search stops at a free entry: what lies behind it and would be found no more moves there (Knuth, TAOCP vol. 3,
    // 6.4, algorithm R).
    readonly void Free(int hole)
    {
        for (var slot = (hole + 1) & (capacity - 1); entries[slot].Key != 0; slot = (slot + 1) & (capacity - 1))
        {
            var wayFromHome = (slot - Home(entries[slot].Key)) & (capacity - 1);
            if (wayFromHome < ((slot - hole) & (capacity - 1)))
                continue;
            entries[hole] = entries[slot];
            hole = slot;
        }
        entries[hole] = default;
    }

    void Grow(RecorderMemory memory)
    {
        var old = this;
        capacity = Math.Max(FirstCapacity, 2 * old.capacity);
        entries = (Entry*)PrivateMemory.Allocate((nint)capacity * sizeof(Entry));
        memory.CountOutside((capacity - old.capacity) * (long)sizeof(Entry));
        for (var i = 0; i < old.capacity; i++)
        {
            if (old.entries[i].Key != 0)
                *Find(old.entries[i].Key) = old.entries[i];
        }
        PrivateMemory.Free((byte*)old.entries, (nint)old.capacity * sizeof(Entry));
    }

    readonly int Home(long key) => (int)((ulong)key * 0x9E3779B97F4A7C15UL >> 33) & (capacity - 1);
}
