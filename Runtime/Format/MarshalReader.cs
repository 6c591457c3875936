using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ProfilerWeaver;

/// <summary>
/// Reads one Python object in any encoding that CPython's marshal versions 0 to 5 have for it. What profiles are made of
/// is kept: None, booleans, integers (<see cref="long"/>), floats, text, bytes (as text), tuples, dictionaries, and of code
/// objects the names.
/// </summary>
/// <remarks>Damaged or hostile input ends in <see cref="InvalidProfileException"/>: nesting is limited, and nothing is
/// believed to be longer than the file, so memory and time are in proportion to it.</remarks>
sealed class MarshalReader(byte[] data, string source)
{
    const int ReferenceFlag = 0x80;
    // CPython's own limit.
    const int DeepestNesting = 2000;
    const int ShortTuple = 64;

    static readonly object EndOfDictionary = new();
    // What no profile is made of, but a code object in it may be.
    static readonly object Other = new();

    // What 'r' refers to; null while a tuple or dictionary is still being read.
    readonly List<object?> references = [];
    // What 'R' refers to: the interned strings of Python 2.
    readonly List<string> interned = [];
    int depth;
    // That of the first code object, once it has been read.
    MarshalCodeLayout? codeLayout;

    /// <summary>Where the next byte will be read.</summary>
    public int Position { get; private set; }

    /// <exception cref="InvalidProfileException">There is no such object.</exception>
    public object? Read()
    {
        var start = Position;
        var value = ReadItem();
        return value != EndOfDictionary ? value : throw Invalid(start, "unexpected end of a dictionary");
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
        '(' or '[' => Tuple(start, Int32()),
        ')' => Tuple(start, Byte()),
        '{' => Dictionary(start),
        'c' => Code(start),
        '<' or '>' => Skip(Tuple(start, Int32())),
        ':' => Skip(Tuple(start, 3)),
        'y' => Skip(Take(16)),
        'x' => Skip(TextFloat() + TextFloat()),
        '.' or 'S' => Other,
        _ => throw Invalid(start, $"an object has the unknown type 0x{(int)type:X2}"),
    };

    static object Skip<T>(T _) => Other;

    MarshalTuple Tuple(int start, int count)
    {
        if (count < 0 || count > data.Length - Position)
            throw Invalid(start, $"a tuple of {count} items does not fit into the file");
        Descend(start);
        var items = new object?[Math.Min(count, ShortTuple)];
        for (var i = 0; i < count; i++)
        {
            if (i == items.Length)
                Array.Resize(ref items, (int)Math.Min(count, 2L * i));
            items[i] = Read();
        }
        depth--;
        return new MarshalTuple(start, items);
    }

    /// <summary>Reads the first code object in every layout until one fits, and all others in that one.</summary>
    MarshalCode Code(int start)
    {
        if (codeLayout is not null)
            return Code(start, codeLayout);
        var (position, level, referenceCount, internedCount) = (Position, depth, references.Count, interned.Count);
        InvalidProfileException? furthest = null;
        foreach (var layout in MarshalCodeLayout.All)
        {
            try
            {
                codeLayout = layout;
                return Code(start, layout);
            }
            catch (InvalidProfileException e)
            {
                if (furthest is null || e.Offset > furthest.Offset)
                    furthest = e;
                (Position, depth) = (position, level);
                references.RemoveRange(referenceCount, references.Count - referenceCount);
                interned.RemoveRange(internedCount, interned.Count - internedCount);
            }
        }
        throw furthest!;
    }

    MarshalCode Code(int start, MarshalCodeLayout layout)
    {
        Descend(start);
        Take(layout.Numbers * sizeof(int));
        var (file, name, line) = ("", "", 0L);
        foreach (var part in layout.Parts)
        {
            if (part == 'L')
            {
                line = Int32();
                continue;
            }
            var value = Read();
            if (part == 't' ? value is not MarshalTuple : value is not string)
                throw Invalid(start, "a code object has an unknown layout");
            if (part == 'F')
                file = (string)value!;
            else if (part == 'N')
                name = (string)value!;
        }
        depth--;
        return new MarshalCode(file, name, line);
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
            throw Invalid(start, "objects are nested more deeply than CPython allows");
        try
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
        }
        catch (InsufficientExecutionStackException)
        {
            throw Invalid(start, "objects are nested too deeply for this thread's stack");
        }
    }

    object? Reference(int start, int slot)
    {
        var index = Int32();
        if (slot >= 0 || index < 0 || index >= references.Count)
            throw Invalid(start, $"reference to object {index}, which does not exist");
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
            : throw Invalid(start, $"reference to string {index}, which does not exist");
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
        if ((encodings & Encodings.Utf8) != 0 && SurrogatePassUtf8.TryGetString(data, start, length) is { } text)
            return text;
        return (encodings & Encodings.Latin1) != 0
            ? Latin1(start, length)
            : throw Invalid(start, "a string is not valid UTF-8");
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
                : throw Invalid(start, "expected a number"),
        };
    }

    /// <returns>A <see cref="long"/>, or <see cref="Other"/> if it does not fit.</returns>
    object LongInteger()
    {
        var count = Int32();
        var digits = Math.Abs((long)count);
        decimal value = 0;
        decimal weight = 1;
        // Five digits of 15 bits hold every 64-bit number.
        for (var i = 0; i < digits && i < 5; i++, weight *= 1 << 15)
            value += weight * UInt16();
        if (digits > 5)
            Take((int)Math.Min(2 * (digits - 5), int.MaxValue));
        if (count < 0)
            value = -value;
        return digits <= 5 && value is >= long.MinValue and <= long.MaxValue ? (long)value : Other;
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
            throw Invalid(start, data.Length == 0 ? "the file is empty" : "unexpected end of file");
        Position += count;
        return start;
    }

    InvalidProfileException Invalid(int offset, string reason) => new(source, offset, reason);
}
