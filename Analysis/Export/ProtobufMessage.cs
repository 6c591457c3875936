using Google.Protobuf;

namespace ProfilerWeaver;

/// <summary>A message of protocol buffers in the making; fields that are 0 are left out, as they are everywhere.</summary>
sealed class ProtobufMessage : IDisposable
{
    readonly MemoryStream bytes = new();
    readonly CodedOutputStream output;
    ProtobufMessage? packed;

    public ProtobufMessage() => output = new(bytes, leaveOpen: true);

    public ProtobufMessage Number(int field, long value)
    {
        if (value == 0)
            return this;
        output.WriteTag(field, WireFormat.WireType.Varint);
        output.WriteInt64(value);
        return this;
    }

    public ProtobufMessage Text(int field, string value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteString(value);
        return this;
    }

    /// <summary>A number that takes eight bytes.</summary>
    public ProtobufMessage Fixed(int field, ulong value)
    {
        output.WriteTag(field, WireFormat.WireType.Fixed64);
        output.WriteFixed64(value);
        return this;
    }

    public ProtobufMessage Bytes(int field, ReadOnlySpan<byte> value)
    {
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(value));
        return this;
    }

    /// <summary>Numbers without tags between them.</summary>
    public ProtobufMessage Packed(int field, IEnumerable<long> values)
    {
        packed ??= new();
        foreach (var value in values)
            packed.output.WriteInt64(value);
        return Message(field, packed);
    }

    public ProtobufMessage Message(int field, ProtobufMessage value)
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
