using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ProfilerWeaver.Store;

/// <summary>What methods and contexts are the same by in all profiles: the first 16 bytes of a SHA-256 of all that makes them. No two
/// different ones have the same, by chance or on purpose, so that nothing has to be compared but hashes.</summary>
static class RowHash
{
    /// <summary>How many bytes.</summary>
    public const int Length = 16;

    /// <summary>That of a method: of its file and its name, each with its length before it, and of its line.</summary>
    public static byte[] OfMethod(in MethodLabel label)
    {
        var file = Encoding.UTF8.GetBytes(label.File);
        var name = Encoding.UTF8.GetBytes(label.Name);
        var all = new byte[file.Length + name.Length + 12];
        BinaryPrimitives.WriteInt32LittleEndian(all, file.Length);
        file.CopyTo(all, 4);
        BinaryPrimitives.WriteInt32LittleEndian(all.AsSpan(4 + file.Length), name.Length);
        name.CopyTo(all, 8 + file.Length);
        BinaryPrimitives.WriteInt32LittleEndian(all.AsSpan(8 + file.Length + name.Length), label.Line);
        return First(all);
    }

    /// <summary>That of a context: of its caller's, or zeros if it has none, and of its method's.</summary>
    public static byte[] OfContext(byte[]? caller, byte[] method)
    {
        Span<byte> both = stackalloc byte[2 * Length];
        caller?.CopyTo(both);
        method.CopyTo(both[Length..]);
        return First(both);
    }

    static byte[] First(ReadOnlySpan<byte> data)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        return hash[..Length].ToArray();
    }
}
