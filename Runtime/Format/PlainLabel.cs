namespace ProfilerWeaver;

/// <summary>A label in tables for pstats.</summary>
/// <param name="number">Its number in the <see cref="LabelTable"/>, from 0.</param>
/// <param name="bytes">How it is written.</param>
/// <param name="label">The same as texts.</param>
/// <param name="sameHash">Another label with the same hash.</param>
sealed class PlainLabel(int number, byte[] bytes, MethodLabel label, PlainLabel? sameHash)
{
    public int Number => number;

    public int Length => bytes.Length;

    public MethodLabel Label => label;

    public PlainLabel? SameHash => sameHash;

    // What a table has more than once is Python's affair.

    /// <summary>The number of the table in which it was last the label of a row.</summary>
    public int RowOfTable { get; set; }

    /// <summary>The number of the row, counted over all tables, of which it was last a caller.</summary>
    public int CallerOfRow { get; set; }

    // Tables of the same program are alike.

    /// <summary>The row that came behind its row the last time.</summary>
    public PlainLabel? NextRow { get; set; }

    /// <summary>The callers that its row had the last time.</summary>
    public PlainLabel[] Callers { get; set; } = [];

    /// <summary>Whether it stands at a place.</summary>
    /// <param name="place">The place in the file.</param>
    /// <param name="end">Where the file ends.</param>
    public unsafe bool IsAt(byte* place, byte* end)
    {
        if (bytes.Length > end - place)
            return false;
        fixed (byte* ours = bytes)
        {
            var i = 0;
            for (; i + sizeof(long) <= bytes.Length; i += sizeof(long))
            {
                if (*(long*)(ours + i) != *(long*)(place + i))
                    return false;
            }
            for (; i < bytes.Length; i++)
            {
                if (ours[i] != place[i])
                    return false;
            }
        }
        return true;
    }
}
