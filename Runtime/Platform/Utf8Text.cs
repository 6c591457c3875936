using System.Text;

namespace ProfilerWeaver;

/// <summary>Reads UTF-8 without what .NET's own decoder takes to start: the first text that it decodes costs a program two
/// milliseconds, as it is made for vectors of every size.</summary>
static unsafe class Utf8Text
{
    /// <summary>Reads a text; what is no UTF-8 is replaced as in <see cref="Encoding.UTF8"/>.</summary>
    public static string Read(byte* bytes, int length)
    {
        // Names are short.
        if (length > 1024)
            return Encoding.UTF8.GetString(bytes, length);
        var text = stackalloc char[length];
        for (var i = 0; i < length; i++)
        {
            if (bytes[i] > 0x7F)
                return Encoding.UTF8.GetString(bytes, length);
            text[i] = (char)bytes[i];
        }
        return new(text, 0, length);
    }

    /// <summary>Reads a text that ends with a zero.</summary>
    public static string Read(byte* bytes)
    {
        var length = 0;
        while (bytes[length] != 0)
            length++;
        return Read(bytes, length);
    }
}
