namespace ProfilerWeaver;

/// <summary>The labels in tables for pstats, where each is written out wherever it occurs: the same bytes are the same label, in as many
/// tables as one likes, and are turned into texts once.</summary>
sealed unsafe class LabelTable
{
    readonly Dictionary<ulong, PlainLabel> newestOfHash = [];

    /// <summary>How many labels there are.</summary>
    public int Count { get; private set; }

    /// <summary>A label by its bytes; null if there is none yet.</summary>
    public PlainLabel? Find(byte* start, int length, out ulong hash)
    {
        hash = Hash(start, length);
        newestOfHash.TryGetValue(hash, out var label);
        while (label is not null && !(label.Length == length && label.IsAt(start, start + length)))
            label = label.SameHash;
        return label;
    }

    /// <summary>Adds a label that was not found.</summary>
    public PlainLabel Add(byte* start, int length, ulong hash, MethodLabel label)
    {
        var bytes = new byte[length];
        for (var i = 0; i < length; i++)
            bytes[i] = start[i];
        newestOfHash.TryGetValue(hash, out var before);
        return newestOfHash[hash] = new(Count++, bytes, label, before);
    }

    // FNV-1a, eight bytes at a time.
    static ulong Hash(byte* start, int length)
    {
        var hash = 0xCBF29CE484222325;
        var i = 0;
        for (; i + sizeof(ulong) <= length; i += sizeof(ulong))
            hash = Mixed(hash ^ *(ulong*)(start + i));
        for (; i < length; i++)
            hash = Mixed(hash ^ start[i]);
        return hash;
    }

    static ulong Mixed(ulong hash)
    {
        hash = unchecked(hash * 0x100000001B3);
        return hash ^ hash >> 32;
    }
}
