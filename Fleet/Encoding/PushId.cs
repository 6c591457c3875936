using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ProfilerWeaver;

/// <summary>Tells whether a profile was sent before: the same profile under the same labels has the same id, whoever sends it, however
/// often.</summary>
static class PushId
{
    /// <summary>Makes one, a UUID of version 8, of what is sent.</summary>
    /// <param name="content">What is sent, not compressed.</param>
    /// <param name="metadata">What is said of it beside the content.</param>
    public static Guid Of(ReadOnlySpan<byte> content, params ReadOnlySpan<string> metadata)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[sizeof(long)];
        foreach (var text in metadata)
        {
            var bytes = Encoding.UTF8.GetBytes(text);
            BinaryPrimitives.WriteInt64BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }
        hash.AppendData(content);
        var id = hash.GetHashAndReset().AsSpan(0, 16);
        const int version = 6, variant = 8;
        id[version] = (byte)((id[version] & 0x0F) | 0x80);
        id[variant] = (byte)((id[variant] & 0x3F) | 0x80);
        return new(id, bigEndian: true);
    }
}
