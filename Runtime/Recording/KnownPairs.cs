namespace ProfilerWeaver;

/// <summary>Contexts of <see cref="TruncatedTable"/> that a thread has found lately, so that it need not wait for the table: one for each
/// hash of caller and method.</summary>
unsafe struct KnownPairs
{
    const int Capacity = 4096;

    struct Entry
    {
        public int Caller;
        public int Method;
        // Null: there is none.
        public Node* Pair;
    }

    Entry* entries;

    /// <summary>Whether none was ever added: the first one takes memory.</summary>
    public readonly bool IsEmpty => entries == null;

    /// <summary>The context of a pair; null if it is not known.</summary>
    public readonly Node* Find(int caller, int method)
    {
        if (entries == null)
            return null;
        var entry = Place(caller, method);
        return entry->Method == method && entry->Caller == caller ? entry->Pair : null;
    }

    /// <summary>Keeps the context of a pair in mind.</summary>
    public void Add(int caller, int method, Node* pair, RecorderMemory memory)
    {
        if (entries == null)
        {
            entries = (Entry*)PrivateMemory.Allocate((nint)Capacity * sizeof(Entry));
            memory.CountOutside(Capacity * (long)sizeof(Entry));
        }
        *Place(caller, method) = new() { Caller = caller, Method = method, Pair = pair };
    }

    /// <summary>Forgets all.</summary>
    public void Clear(RecorderMemory memory)
    {
        if (entries == null)
            return;
        memory.CountOutside(-Capacity * (long)sizeof(Entry));
        PrivateMemory.Free((byte*)entries, (nint)Capacity * sizeof(Entry));
        entries = null;
    }

    readonly Entry* Place(int caller, int method) =>
        &entries[(((ulong)(uint)caller << 32) + (uint)method) * 0x9E3779B97F4A7C15UL >> 52];
}
