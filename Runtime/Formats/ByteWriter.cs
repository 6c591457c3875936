namespace ProfilerWeaver;

/// <summary>A growing buffer that takes numbers in little-endian order and in variable length.</summary>
sealed class ByteWriter
{
    byte[] buffer = new byte[4096];

    public int Length { get; private set; }

    public void Byte(byte value)
    {
        Reserve(1);
        buffer[Length++] = value;
    }

    public void UInt16(ushort value)
    {
        Byte((byte)value);
        Byte((byte)(value >> 8));
    }

    public void Int32(int value)
    {
        Reserve(4);
        for (var shift = 0; shift < 32; shift += 8)
            buffer[Length++] = (byte)(value >> shift);
    }

    public void Int64(long value)
    {
        Reserve(8);
        for (var shift = 0; shift < 64; shift += 8)
            buffer[Length++] = (byte)(value >> shift);
    }

    public void Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    /// <summary>Seven bits a byte, the lowest first; the eighth bit says that more follow.</summary>
    public void Varint(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            buffer[Length++] = (byte)(value | 0x80);
            value >>= 7;
        }
        buffer[Length++] = (byte)value;
    }

    /// <summary>A varint that keeps small negative numbers short: 0, -1, 1, -2 become 0, 1, 2, 3.</summary>
    public void Zigzag(long value) => Varint((ulong)(value << 1 ^ value >> 63));

    public void Bytes(byte[] source) => Bytes(source, source.Length);

    public void Append(ByteWriter other) => Bytes(other.buffer, other.Length);

    public uint Checksum() => Crc32.Of(buffer, 0, Length);

    public void CopyTo(Stream stream) => stream.Write(buffer, 0, Length);

    void Bytes(byte[] source, int count)
    {
        Reserve(count);
        Buffer.BlockCopy(source, 0, buffer, Length, count);
        Length += count;
    }

    void Reserve(int count)
    {
        const int largestArray = 0x7FFFFFC7;
        var needed = (long)Length + count;
        if (needed <= buffer.Length)
            return;
        if (needed > largestArray)
            throw new InvalidOperationException("The profile is too large for a file: it needs more than 2 GB.");
        Array.Resize(ref buffer, (int)Math.Min(Math.Max(needed, buffer.Length * 2L), largestArray));
    }
}
