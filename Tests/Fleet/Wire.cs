using Google.Protobuf;

namespace ProfilerWeaver.Tests.Fleet;

/// <summary>The fields of a message of protocol buffers, without a schema.</summary>
sealed class Wire
{
    readonly List<(int Field, long Number, byte[] Bytes)> fields = [];

    public Wire(byte[] message)
    {
        var input = new CodedInputStream(message);
        while (input.ReadTag() is not 0 and var tag)
        {
            var field = WireFormat.GetTagFieldNumber(tag);
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.Varint:
                    fields.Add((field, input.ReadInt64(), []));
                    break;
                case WireFormat.WireType.Fixed64:
                    fields.Add((field, (long)input.ReadFixed64(), []));
                    break;
                default:
                    fields.Add((field, 0, input.ReadBytes().ToByteArray()));
                    break;
            }
        }
    }

    public IEnumerable<Wire> Messages(int field) => Bytes(field).Select(bytes => new Wire(bytes));

    public IEnumerable<string> Texts(int field) => Bytes(field).Select(bytes => System.Text.Encoding.UTF8.GetString(bytes));

    public IEnumerable<byte[]> Bytes(int field) => fields.Where(known => known.Field == field).Select(known => known.Bytes);

    public long Number(int field) => fields.Find(known => known.Field == field).Number;

    /// <summary>Numbers without tags between them.</summary>
    public IReadOnlyList<long> Packed(int field)
    {
        var numbers = new List<long>();
        foreach (var bytes in Bytes(field))
        {
            var input = new CodedInputStream(bytes);
            while (!input.IsAtEnd)
                numbers.Add(input.ReadInt64());
        }
        return numbers;
    }
}
