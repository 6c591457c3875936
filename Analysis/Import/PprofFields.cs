using System.Text;
using Google.Protobuf;

namespace ProfilerWeaver;

/// <summary>The fields of a message of protocol buffers, one after another. What is not asked for is passed over.</summary>
sealed class PprofFields : IDisposable
{
    readonly ForeignFile file;
    readonly CodedInputStream input;
    readonly int end;
    int valueStart;
    int valueEnd;
    WireFormat.WireType type;

    public PprofFields(ForeignFile file)
        : this(file, 0, file.Data.Length)
    {
    }

    PprofFields(ForeignFile file, int start, int end)
    {
        this.file = file;
        this.end = end;
        input = new(file.Data, start, end - start);
    }

    /// <summary>The number of the current field.</summary>
    public int Field { get; private set; }

    /// <summary>Where its value begins in the file.</summary>
    public long Offset => valueStart;

    /// <summary>Goes on to the next field; false at the end of the message.</summary>
    public bool Next()
    {
        try
        {
            var tag = input.ReadTag();
            if (tag == 0)
                return false;
            (Field, type) = (WireFormat.GetTagFieldNumber(tag), WireFormat.GetTagWireType(tag));
            valueStart = At;
            input.SkipLastField();
            valueEnd = At;
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            throw Damaged();
        }
    }

    public long Number()
    {
        Expect(WireFormat.WireType.Varint);
        return Value().ReadInt64();
    }

    public string Text()
    {
        Expect(WireFormat.WireType.LengthDelimited);
        var (from, length) = Content();
        return Encoding.UTF8.GetString(file.Data, from, length);
    }

    public PprofFields Message()
    {
        Expect(WireFormat.WireType.LengthDelimited);
        var (from, length) = Content();
        return new(file, from, from + length);
    }

    /// <summary>Adds a number, or several that are packed.</summary>
    public void Numbers(List<long> numbers)
    {
        if (type == WireFormat.WireType.Varint)
        {
            numbers.Add(Number());
            return;
        }
        Expect(WireFormat.WireType.LengthDelimited);
        try
        {
            var (from, length) = Content();
            using var packed = new CodedInputStream(file.Data, from, length);
            while (!packed.IsAtEnd)
                numbers.Add(packed.ReadInt64());
        }
        catch (InvalidProtocolBufferException)
        {
            throw Damaged();
        }
    }

    public void Dispose() => input.Dispose();

    // In the file, and not in the message.
    int At => (int)input.Position;

    CodedInputStream Value() => new(file.Data, valueStart, valueEnd - valueStart);

    // Without its length, which comes first.
    (int From, int Length) Content()
    {
        var length = Value().ReadLength();
        return (valueEnd - length, length);
    }

    void Expect(WireFormat.WireType expected)
    {
        if (type != expected)
            throw file.Invalid(valueStart, $"the field {Field} is of the type {type}, not {expected}");
    }

    InvalidProfileException Damaged() => file.Invalid(Math.Min(At, end), "a field is cut off or damaged");
}
