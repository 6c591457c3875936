using System.Text;

namespace ProfilerWeaver;

/// <summary>Callgrind's format: the costs of functions, line by line, and of the calls between them. There is no call tree in it.</summary>
sealed class CallgrindReader : IProfileReader
{
    public bool Recognizes(ReadOnlySpan<byte> beginning) =>
        beginning.StartsWith("# callgrind format"u8)
        || beginning.IndexOf((byte)0) < 0 && (beginning.StartsWith("events:"u8) || beginning.IndexOf("\nevents:"u8) >= 0)
            && beginning.IndexOf("fn="u8) >= 0;

    public ForeignContent Read(ForeignFile file)
    {
        var costs = new CallgrindCosts(file);
        ReadOnlySpan<byte> data = file.Data;
        for (var start = 0; start < data.Length;)
        {
            var length = data[start..].IndexOf((byte)'\n');
            if (length < 0)
                length = data.Length - start;
            costs.ReadLine(Encoding.UTF8.GetString(data.Slice(start, length).TrimEnd("\r"u8)), start);
            start += length + 1;
        }
        return new(costs.Rows(), null, costs.Unit);
    }
}
