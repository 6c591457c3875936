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
    /// <param name="data">The file.</param>
    /// <param name="start">The place.</param>
    /// <param name="end">Where the file ends.</param>
    public bool IsAt(byte[] data, int start, int end)
    {
        if (bytes.Length > end - start)
            return false;
        var i = 0;
        for (; i + 8 <= bytes.Length; i += 8)
        {
            if (BitConverter.ToInt64(bytes, i) != BitConverter.ToInt64(data, start + i))
                return false;
        }
        for (; i < bytes.Length; i++)
        {
            if (bytes[i] != data[start + i])
                return false;
        }
        return true;
    }
}
