using Google.Protobuf;

namespace ProfilerWeaver;

/// <summary>A message of protocol buffers in the making; fields that are 0 are left out, as they are everywhere.</summary>
sealed class PprofMessage : IDisposable
{
    readonly MemoryStream bytes = new();
    readonly CodedOutputStream output;
    PprofMessage? packed;

    public PprofMessage() => output = new(bytes, leaveOpen: true);

    public PprofMessage Number(int field, long value)
    {
        if (value == 0)
            return this;
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
        return this;
    }

    public PprofMessage Text(int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
        return this;
    }

    /// <summary>Numbers without tags between them.</summary>
    public PprofMessage Packed(int field, IEnumerable<long> values)
    {
        packed ??= new();
        foreach (var value in values)
            packed.output.WriteInt64(value);
        return Message(field, packed);
    }

    public PprofMessage Message(int field, PprofMessage value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(value.TakeBytes());
        return this;
    }

    /// <summary>Moves what was written so far to a stream.</summary>
    public void MoveTo(Stream stream)
    {
        output.Flush();
        bytes.WriteTo(stream);
        bytes.SetLength(0);
    }

    public void Dispose()
    {
        packed?.Dispose();
        output.Dispose();
    }

    ByteString TakeBytes()
    {
        output.Flush();
        var taken = ByteString.CopyFrom(bytes.GetBuffer(), 0, (int)bytes.Length);
        bytes.SetLength(0);
        return taken;
    }
}
