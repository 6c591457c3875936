namespace ProfilerWeaver;

/// <summary>A growing buffer that takes numbers in little-endian order and in variable length.</summary>
sealed class ByteWriter
{
    // Fields and plain statements: most profiles are written by code that is not optimized yet.
    byte[] buffer = new byte[4096];
    int length;

    public int Length => length;

    public void Byte(byte value)
    {
        if (length == buffer.Length)
            Reserve(1);
        buffer[length++] = value;
    }

    public void UInt16(ushort value)
    {
        Byte((byte)value);
        Byte((byte)(value >> 8));
    }

    public void Int32(int value)
    {
        Reserve(4);
        buffer[length] = (byte)value;
        buffer[length + 1] = (byte)(value >> 8);
        buffer[length + 2] = (byte)(value >> 16);
        buffer[length + 3] = (byte)(value >> 24);
        length += 4;
    }

    public void Int64(long value)
    {
        Int32((int)value);
        Int32((int)(value >> 32));
    }

    public void Double(double value) => Int64(BitConverter.DoubleToInt64Bits(value));

    /// <summary>Seven bits a byte, the lowest first; the eighth bit says that more follow.</summary>
    public void Varint(ulong value)
    {
        Reserve(10);
        while (value >= 0x80)
        {
            buffer[length++] = (byte)(value | 0x80);
            value >>= 7;
        }
        buffer[length++] = (byte)value;
    }

    /// <summary>A varint that keeps small negative numbers short: 0, -1, 1, -2 become 0, 1, 2, 3.</summary>
    public void Zigzag(long value) => Varint((ulong)(value << 1 ^ value >> 63));

    public void Bytes(byte[] source) => Bytes(source, source.Length);

    public void Append(ByteWriter other) => Bytes(other.buffer, other.length);

    public uint Checksum() => Crc32.Of(buffer, 0, length);

    public void CopyTo(Stream stream) => stream.Write(buffer, 0, length);

    void Bytes(byte[] source, int count)
    {
        Reserve(count);
        Buffer.BlockCopy(source, 0, buffer, length, count);
        length += count;
    }

    void Reserve(int count)
    {
        const int largestArray = 0x7FFFFFC7;
        var needed = (long)length + count;
        if (needed <= buffer.Length)
            return;
        if (needed > largestArray)
            throw new InvalidOperationException("The profile is too large: it would need a file of more than 2 GB.");
        Array.Resize(ref buffer, (int)Math.Min(Math.Max(needed, buffer.Length * 2L), largestArray));
    }
}
