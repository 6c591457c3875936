namespace ProfilerWeaver;

/// <summary>The CRC-32 of zip, gzip and PNG (polynomial 0xEDB88320, reflected), over one piece of data after the other.
/// </summary>
struct Crc32
{
#if NET8_0_OR_GREATER
    // .NET compiles the code for it when it is first used, which small profiles need not wait for.
    const int LeastToFold = 16 * 1024;
#endif

    static readonly uint[] Table = MakeTable();

    // Inverted, so that the default is that of no data.
    uint inverted;

    public readonly uint Value => inverted;

    public static uint Of(byte[] data, int start, int count)
    {
        var crc = default(Crc32);
        crc.Add(data, start, count);
        return crc.Value;
    }

    public void Add(byte[] data, int start, int count)
    {
        var end = start + count;
#if NET8_0_OR_GREATER
        if (count >= LeastToFold && Crc32Folding.IsSupported)
            start += Fold(data, start, count);
#endif
        AddByTables(data, start, end);
    }

    /// <summary>The same without what only some processors have.</summary>
    /// <param name="data">The data.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where it ends.</param>
    public void AddByTables(byte[] data, int start, int end)
    {
        var table = Table;
        var crc = ~inverted;
        for (; start + 8 <= end; start += 8)
        {
            crc ^= data[start] | (uint)data[start + 1] << 8 | (uint)data[start + 2] << 16 | (uint)data[start + 3] << 24;
            crc = table[1792 + (byte)crc] ^ table[1536 + (byte)(crc >> 8)] ^ table[1280 + (byte)(crc >> 16)] ^ table[1024 + (crc >> 24)]
                ^ table[768 + data[start + 4]] ^ table[512 + data[start + 5]] ^ table[256 + data[start + 6]] ^ table[data[start + 7]];
        }
        for (; start < end; start++)
            crc = table[(byte)(crc ^ data[start])] ^ crc >> 8;
        inverted = ~crc;
    }

#if NET8_0_OR_GREATER
    // As much as can be folded.
    unsafe int Fold(byte[] data, int start, int count)
    {
        count -= count % Crc32Folding.Piece;
        fixed (byte* first = &data[start])
            inverted = ~Crc32Folding.Fold(~inverted, first, count);
        return count;
    }
#endif

    // Eight tables one after the other: what a byte does to the sum that stands at the end, or one to seven bytes before it
    // (Kounavis and Berry, "slicing by 8").
    static uint[] MakeTable()
    {
        var table = new uint[2048];
        for (var i = 0u; i < 256; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) == 0 ? value >> 1 : value >> 1 ^ 0xEDB88320;
            table[i] = value;
        }
        for (var i = 256; i < table.Length; i++)
            table[i] = table[i - 256] >> 8 ^ table[(byte)table[i - 256]];
        return table;
    }
}
