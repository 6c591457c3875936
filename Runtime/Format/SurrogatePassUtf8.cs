using System.Text;

namespace ProfilerWeaver;

/// <summary>
/// UTF-8 as marshal has it: half a surrogate pair, which Python allows in text, is written as three bytes
/// (<c>surrogatepass</c>).
/// </summary>
static class SurrogatePassUtf8
{
    static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    public static byte[] GetBytes(string text)
    {
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return GetBytesWithLoneSurrogates(text);
        }
    }

    /// <summary>The same into an array that may be replaced by a larger one.</summary>
    /// <returns>How many bytes there are.</returns>
    public static int GetBytes(string text, ref byte[] target)
    {
        if (target.Length / 3 < text.Length)
            target = new byte[checked(6 * text.Length)];
        try
        {
            return Strict.GetBytes(text, 0, text.Length, target, 0);
        }
        catch (EncoderFallbackException)
        {
            target = GetBytesWithLoneSurrogates(text);
            return target.Length;
        }
    }

    /// <returns>The text, or null if the bytes are not UTF-8.</returns>
    public static string? TryGetString(byte[] data, int start, int count)
    {
        try
        {
            return Strict.GetString(data, start, count);
        }
        catch (DecoderFallbackException)
        {
            return TryGetStringWithLoneSurrogates(data, start, start + count);
        }
    }

    static byte[] GetBytesWithLoneSurrogates(string text)
    {
        var bytes = new List<byte>(text.Length * 3);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogate(text[i]) && !char.IsSurrogatePair(text, i))
            {
                bytes.Add((byte)(0xE0 | text[i] >> 12));
                bytes.Add((byte)(0x80 | text[i] >> 6 & 0x3F));
                bytes.Add((byte)(0x80 | text[i] & 0x3F));
                continue;
            }
            var length = char.IsSurrogate(text[i]) ? 2 : 1;
            bytes.AddRange(Strict.GetBytes(text.Substring(i, length)));
            i += length - 1;
        }
        return [.. bytes];
    }

    static string? TryGetStringWithLoneSurrogates(byte[] data, int start, int end)
    {
        var text = new StringBuilder();
        var run = start;
        for (var i = start; i + 2 < end; i++)
        {
            var isSurrogate = data[i] == 0xED && data[i + 1] >> 5 == 0b101 && data[i + 2] >> 6 == 0b10;
            if (!isSurrogate)
                continue;
            if (!TryAppend(text, data, run, i))
                return null;
            text.Append((char)(0xD000 | (data[i + 1] & 0x3F) << 6 | data[i + 2] & 0x3F));
            run = i + 3;
            i += 2;
        }
        return TryAppend(text, data, run, end) ? text.ToString() : null;
    }

    static bool TryAppend(StringBuilder text, byte[] data, int start, int end)
    {
        try
        {
            text.Append(Strict.GetString(data, start, end - start));
            return true;
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
