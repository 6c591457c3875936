using System.Globalization;
using System.Text;

namespace ProfilerWeaver.Tests.Fleet;

/// <summary>A request of HTTP.</summary>
sealed class PushRequest
{
    readonly Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);

    PushRequest(string path, string query) => (Path, Query) = (path, query);

    public string Path { get; }

    public string Query { get; }

    public byte[] Body { get; private set; } = [];

    public string? Header(string name) => headers.GetValueOrDefault(name);

    /// <summary>Reads the lines before the body; null if there is no further request.</summary>
    public static PushRequest? ReadHead(Stream stream)
    {
        if (ReadLine(stream) is not { } first)
            return null;
        var address = first.Split(' ')[1];
        var query = address.IndexOf('?', StringComparison.Ordinal);
        var request = new PushRequest(query < 0 ? address : address[..query], query < 0 ? "" : address[query..]);
        while (ReadLine(stream) is { Length: > 0 } line)
            request.headers[line[..line.IndexOf(':', StringComparison.Ordinal)]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return request;
    }

    /// <summary>Reads the body, or a part of it.</summary>
    /// <param name="stream">Where.</param>
    /// <param name="part">By what its length is divided.</param>
    public void ReadBody(Stream stream, int part)
    {
        Body = new byte[int.Parse(Header("Content-Length")!, CultureInfo.InvariantCulture) / part];
        stream.ReadExactly(Body);
    }

    static string? ReadLine(Stream stream)
    {
        var line = new StringBuilder();
        for (int character; (character = stream.ReadByte()) != '\n'; line.Append((char)character))
        {
            if (character < 0)
                return null;
        }
        return line.ToString().TrimEnd('\r');
    }
}
