namespace ProfilerWeaver;

/// <summary>
/// Writes Python objects with the plain codes of marshal version 2, which every CPython since 2.5 reads.
/// </summary>
sealed class MarshalWriter(ByteWriter output)
{
    const long DigitBase = 1 << 15;

    // Of the text that is written: a table has a file and a name for each caller.
    byte[] encoded = new byte[1024];

    /// <summary>What follows, up to <see cref="EndDictionary"/>, are keys and values in turn.</summary>
    public void BeginDictionary() => output.Byte((byte)'{');

    public void EndDictionary() => output.Byte((byte)'0');

    /// <summary>The next <paramref name="count"/> objects are the items.</summary>
    public void BeginTuple(int count)
    {
        output.Byte((byte)'(');
        output.Int32(count);
    }

    public void Text(string value)
    {
        var count = SurrogatePassUtf8.GetBytes(value, ref encoded);
        output.Byte((byte)'u');
        output.Int32(count);
        output.Bytes(encoded, count);
    }

    public void Integer(long value)
    {
        if (value is >= int.MinValue and <= int.MaxValue)
        {
            output.Byte((byte)'i');
            output.Int32((int)value);
        }
        else
        {
            LongInteger(value);
        }
    }

    public void Float(double value)
    {
        output.Byte((byte)'g');
        output.Double(value);
    }

    /// <summary>Digits of 15 bits, the lowest first; the sign is that of their count.</summary>
    void LongInteger(long value)
    {
        var magnitude = value < 0 ? (ulong)-value : (ulong)value;
        var count = 0;
        for (var rest = magnitude; rest != 0; rest /= DigitBase)
            count++;
        output.Byte((byte)'l');
        output.Int32(value < 0 ? -count : count);
        for (var rest = magnitude; rest != 0; rest /= DigitBase)
            output.UInt16((ushort)(rest % DigitBase));
    }
}
