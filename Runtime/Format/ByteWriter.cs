using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

/// <summary>A growing buffer that takes numbers in little-endian order and in variable length. It grows by pieces, so that
/// nothing is copied twice and a long one takes no more than it holds. What is full is not in .NET's heap: a profile of many
/// megabytes would make it collect the program's garbage.</summary>
sealed class ByteWriter
{
    const int FirstBuffer = 4096;

    // Just not what .NET takes for a large object.
    const int LargestBuffer = 80 * 1024;

    // Fields and plain statements: most profiles are written by code that is not optimized yet.
    readonly List<BytePiece> full = [];
    long lengthOfFull;
    byte[] buffer = new byte[FirstBuffer];
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
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Varint(ulong value)
    {
        // Most numbers are small.
        if (value < 0x80 && length < buffer.Length)
            buffer[length++] = (byte)value;
        else
            LongVarint(value);
    }

    /// <summary>A varint that keeps small negative numbers short: 0, -1, 1, -2 become 0, 1, 2, 3.</summary>
    public void Zigzag(long value) => Varint((ulong)(value << 1 ^ value >> 63));

    public void Bytes(byte[] source) => Bytes(source, source.Length);

    /// <summary>Adds the first bytes of an array.</summary>
    public void Bytes(byte[] source, int count)
    {
        for (var start = 0; start < count;)
        {
            Reserve(1);
            var part = Math.Min(count - start, buffer.Length - length);
            Buffer.BlockCopy(source, start, buffer, length, part);
            length += part;
            start += part;
        }
    }

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

    /// <summary>Begins anew. Nobody may share its pieces.</summary>
    public void Clear()
    {
        foreach (var piece in full)
            piece.Dispose();
        full.Clear();
        lengthOfFull = 0;
        length = 0;
    }

    /// <summary>Copies all to another writer.</summary>
    public void CopyTo(ByteWriter other)
    {
        if (full.Count > 0)
        {
            var copy = new byte[LargestBuffer];
            foreach (var piece in full)
                other.Bytes(copy, piece.CopyTo(copy));
        }
        other.Bytes(buffer, length);
    }

    public byte[] ToArray()
    {
        var all = new byte[checked((int)Length)];
        using var stream = new MemoryStream(all);
        CopyTo(stream);
        return all;
    }

    public uint Checksum()
    {
        var crc = default(Crc32);
        if (full.Count > 0)
        {
            var copy = new byte[LargestBuffer];
            foreach (var piece in full)
                crc.Add(copy, 0, piece.CopyTo(copy));
        }
        crc.Add(buffer, 0, length);
        return crc.Value;
    }

    public void CopyTo(Stream stream)
    {
        if (full.Count > 0)
        {
            var copy = new byte[LargestBuffer];
            foreach (var piece in full)
                stream.Write(copy, 0, piece.CopyTo(copy));
        }
        stream.Write(buffer, 0, length);
    }

    void LongVarint(ulong value)
    {
        Reserve(10);
        var (bytes, at) = (buffer, length);
        while (value >= 0x80)
        {
            bytes[at++] = (byte)(value | 0x80);
            value >>= 7;
        }
        bytes[at++] = (byte)value;
        length = at;
    }

    void Reserve(int count)
    {
        if (count <= buffer.Length - length)
            return;
        if (buffer.Length < LargestBuffer)
        {
            var larger = new byte[Math.Min(buffer.Length * 4, LargestBuffer)];
            Buffer.BlockCopy(buffer, 0, larger, 0, length);
            buffer = larger;
            return;
        }
        EndPiece();
    }

    void EndPiece()
    {
        if (length == 0)
            return;
        full.Add(new(buffer, length));
        lengthOfFull += length;
        length = 0;
    }
}
