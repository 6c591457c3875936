namespace ProfilerWeaver;

/// <summary>The CRC-32 of zip, gzip and PNG (polynomial 0xEDB88320, reflected).</summary>
static class Crc32
{
    static readonly uint[] Table = MakeTable();

    public static uint Of(byte[] data, int start, int count)
    {
        var table = Table;
        var crc = uint.MaxValue;
        for (var i = start; i < start + count; i++)
            crc = table[(byte)(crc ^ data[i])] ^ crc >> 8;
        return ~crc;
    }

    static uint[] MakeTable()
    {
        var table = new uint[256];
        for (var i = 0u; i < table.Length; i++)
        {
            var value = i;
            for (var bit = 0; bit < 8; bit++)
                value = (value & 1) == 0 ? value >> 1 : value >> 1 ^ 0xEDB88320;
            table[i] = value;
        }
        return table;
    }
}
