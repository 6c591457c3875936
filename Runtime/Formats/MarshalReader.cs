using System.Globalization;
using System.Text;

namespace ProfilerWeaver;

/// <summary>
/// Reads one Python object, as far as a profile can contain it, in any encoding that CPython's marshal versions 0 to 4
/// have for it: None, booleans, integers (<see cref="long"/>), floats, text, bytes (as text), tuples and dictionaries.
/// </summary>
/// <remarks>Damaged or hostile input ends in <see cref="InvalidProfileException"/>: nesting, the length of tuples and
/// of text are limited, so memory and time are in proportion to the file.</remarks>
sealed class MarshalReader(byte[] data, string source)
{
    const int ReferenceFlag = 0x80;
    const int DeepestNesting = 16;
    const int LongestTuple = 64;
    const int LongestText = 0xFFFF;

    static readonly object EndOfDictionary = new();

    // What 'r' refers to; null while a tuple or dictionary is still being read.
    readonly List<object?> references = [];
    // What 'R' refers to: the interned strings of Python 2.
    readonly List<string> interned = [];
    int depth;

    /// <summary>Where the next byte will be read.</summary>
    public int Position { get; private set; }

    /// <exception cref="InvalidProfileException">There is no such object.</exception>
    public object? Read()
    {
        var start = Position;
        var value = ReadItem();
        return value != EndOfDictionary ? value : throw Invalid(start, "a dictionary ends that was not begun");
    }

    object? ReadItem()
    {
        var start = Position;
        var type = Byte();
        var slot = -1;
        if ((type & ReferenceFlag) != 0)
        {
            type &= ~ReferenceFlag;
            slot = references.Count;
            references.Add(null);
        }
        var value = ReadValue((char)type, start, slot);
        if (slot >= 0)
            references[slot] = value;
        return value;
    }

    object? ReadValue(char type, int start, int slot) => type switch
    {
        '0' => EndOfDictionary,
        'N' => null,
        'T' => true,
        'F' => false,
        'i' => (long)Int32(),
        'I' => Int64(),
        'l' => LongInteger(),
        'g' => BitConverter.Int64BitsToDouble(Int64()),
        'f' => TextFloat(),
        'u' => Text(Int32(), Encodings.Utf8),
        'a' or 'A' => Text(Int32(), Encodings.Latin1),
        'z' or 'Z' => Text(Byte(), Encodings.Latin1),
        's' => Text(Int32(), Encodings.Utf8 | Encodings.Latin1),
        't' => Interned(),
        'R' => InternedReference(),
        'r' => Reference(start, slot),
        '(' => Tuple(start, Int32()),
        ')' => Tuple(start, Byte()),
        '{' => Dictionary(start),
        _ => throw Invalid(start, $"there is an object of type 0x{(int)type:X2}, which a profile does not contain"),
    };

    MarshalTuple Tuple(int start, int count)
    {
        if (count is < 0 or > LongestTuple)
            throw Invalid(start, $"there is a tuple of {count} items, which a profile does not contain");
        var tuple = new MarshalTuple(start, count);
        Descend(start);
        for (var i = 0; i < count; i++)
            tuple.Items[i] = Read();
        depth--;
        return tuple;
    }

    MarshalDictionary Dictionary(int start)
    {
        var dictionary = new MarshalDictionary(start);
        Descend(start);
        while (ReadItem() is var key && key != EndOfDictionary)
            dictionary.Items.Add(new(key, Read()));
        depth--;
        return dictionary;
    }

    void Descend(int start)
    {
        if (++depth > DeepestNesting)
            throw Invalid(start, "objects are nested deeper than in a profile");
    }

    object? Reference(int start, int slot)
    {
        var index = Int32();
        if (slot >= 0 || index < 0 || index >= references.Count)
            throw Invalid(start, $"there is a reference to object {index}, which does not exist");
        return references[index] ?? throw Invalid(start, "an object contains itself");
    }

    string Interned()
    {
        // Text in Python 3, bytes in any encoding in Python 2.
        var text = Text(Int32(), Encodings.Utf8 | Encodings.Latin1);
        interned.Add(text);
        return text;
    }

    string InternedReference()
    {
        var start = Position;
        var index = Int32();
        return index >= 0 && index < interned.Count
            ? interned[index]
            : throw Invalid(start, $"there is a reference to string {index}, which does not exist");
    }

    [Flags]
    enum Encodings
    {
        Utf8 = 1,
        Latin1 = 2,
    }

    string Text(int length, Encodings encodings)
    {
        var start = Take(length);
        if (length > LongestText)
            throw Invalid(start, $"there is a text of {length} bytes; a profile has none longer than {LongestText}");
        if ((encodings & Encodings.Utf8) != 0 && SurrogatePassUtf8.TryGetString(data, start, length) is { } text)
            return text;
        return (encodings & Encodings.Latin1) != 0
            ? Latin1(start, length)
            : throw Invalid(start, "a text is not UTF-8");
    }

    string Latin1(int start, int length)
    {
        var text = new StringBuilder(length);
        for (var i = 0; i < length; i++)
            text.Append((char)data[start + i]);
        return text.ToString();
    }

    double TextFloat()
    {
        var length = Byte();
        var start = Take(length);
        var text = Latin1(start, length);
        return text switch
        {
            "nan" or "-nan" => double.NaN,
            "inf" => double.PositiveInfinity,
            "-inf" => double.NegativeInfinity,
            _ => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value)
                ? value
                : throw Invalid(start, "a number is expected"),
        };
    }

    long LongInteger()
    {
        var start = Position;
        var count = Int32();
        var digits = Math.Abs((long)count);
        decimal value = 0;
        decimal weight = 1;
        // Five digits of 15 bits hold every 64-bit number.
        for (var i = 0; i < digits && i < 5; i++, weight *= 1 << 15)
            value += weight * UInt16();
        if (count < 0)
            value = -value;
        return digits <= 5 && value is >= long.MinValue and <= long.MaxValue
            ? (long)value
            : throw Invalid(start, "a number does not fit into 64 bits");
    }

    int Byte() => data[Take(1)];

    int UInt16() => Byte() | Byte() << 8;

    int Int32() => UInt16() | UInt16() << 16;

    long Int64() => (uint)Int32() | (long)Int32() << 32;

    /// <summary>Goes past <paramref name="count"/> bytes and returns where they begin.</summary>
    int Take(int count)
    {
        var start = Position;
        if (count < 0 || count > data.Length - start)
            throw Invalid(start, data.Length == 0 ? "the file is empty" : "the file ends too early");
        Position += count;
        return start;
    }

    InvalidProfileException Invalid(int offset, string reason) => new(source, offset, reason);
}
