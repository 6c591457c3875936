namespace ProfilerWeaver;

/// <summary>A growing buffer that takes numbers in little-endian order and in variable length. It grows by pieces, so that
/// nothing is copied and a long one takes no more than it holds.</summary>
sealed class ByteWriter
{
    const int FirstPiece = 4096;
    const int LargestPiece = 1 << 20;

    // Fields and plain statements: most profiles are written by code that is not optimized yet.
    readonly List<Piece> full = [];
    long lengthOfFull;
    byte[] buffer = new byte[FirstPiece];
    int length;

    public long Length => lengthOfFull + length;

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
        // Most numbers are small.
        if (value < 0x80 && length < buffer.Length)
        {
            buffer[length++] = (byte)value;
            return;
        }
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

    /// <summary>Adds what another writer holds. Both then share its full pieces, which do not change any more.</summary>
    public void Append(ByteWriter other)
    {
        if (other.full.Count > 0)
        {
            EndPiece();
            full.AddRange(other.full);
            lengthOfFull += other.lengthOfFull;
        }
        Bytes(other.buffer, other.length);
    }

    /// <summary>Begins anew, in one piece that has room for what there was.</summary>
    public void Clear()
    {
        if (full.Count > 0)
            buffer = new byte[(int)Math.Min(Length + Length / 4, LargestPiece)];
        full.Clear();
        lengthOfFull = 0;
        length = 0;
    }

    /// <summary>Copies all to another writer.</summary>
    public void CopyTo(ByteWriter other)
    {
        foreach (var piece in full)
            other.Bytes(piece.Bytes, piece.Length);
        other.Bytes(buffer, length);
    }

    public uint Checksum()
    {
        var crc = default(Crc32);
        foreach (var piece in full)
            crc.Add(piece.Bytes, 0, piece.Length);
        crc.Add(buffer, 0, length);
        return crc.Value;
    }

    public void CopyTo(Stream stream)
    {
        foreach (var piece in full)
            stream.Write(piece.Bytes, 0, piece.Length);
        stream.Write(buffer, 0, length);
    }

    void Bytes(byte[] source, int count)
    {
        Reserve(count);
        Buffer.BlockCopy(source, 0, buffer, length, count);
        length += count;
    }

    void Reserve(int count)
    {
        if (count <= buffer.Length - length)
            return;
        var next = Math.Max(count, (int)Math.Min(Math.Max(FirstPiece, Length), LargestPiece));
        EndPiece();
        buffer = new byte[next];
    }

    void EndPiece()
    {
        if (length == 0)
            return;
        full.Add(new(buffer, length));
        lengthOfFull += length;
        buffer = [];
        length = 0;
    }

    readonly struct Piece(byte[] bytes, int length)
    {
        public byte[] Bytes => bytes;

        public int Length => length;
    }
}
