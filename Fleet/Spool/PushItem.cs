using System.Text.Json;

namespace ProfilerWeaver;

/// <summary>A profile as it is sent: what waits in the spool, in a file with a line of JSON before the content. No secret is in it, nor
/// where it is sent.</summary>
/// <param name="Id">Tells whether it was sent before.</param>
/// <param name="Title">What messages call it.</param>
/// <param name="Content">What is sent.</param>
sealed record PushItem(Guid Id, string Title, byte[] Content)
{
    const int Format = 1;
    const byte EndOfLine = (byte)'\n';

    /// <summary>What the address says beside the server, as part of a URL.</summary>
    public string Query { get; init; } = "";

    /// <summary>The media type of the content.</summary>
    public string ContentType { get; init; } = "application/octet-stream";

    /// <summary>Whether the content is compressed by the protocol; a content that is a zipped file is not.</summary>
    public bool IsZipped { get; init; }

    /// <summary>Writes it to a file.</summary>
    public void Write(Stream stream)
    {
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteNumber("format", Format);
            json.WriteString("id", Id);
            json.WriteString("title", Title);
            json.WriteString("query", Query);
            json.WriteString("contentType", ContentType);
            json.WriteBoolean("zipped", IsZipped);
            json.WriteNumber("length", Content.Length);
            json.WriteEndObject();
        }
        stream.WriteByte(EndOfLine);
        stream.Write(Content);
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It is none of this version, or damaged.</exception>
    public static PushItem Read(byte[] file)
    {
        var end = Array.IndexOf(file, EndOfLine);
        if (end < 0)
            throw new InvalidDataException("its first line is cut off");
        try
        {
            using var json = JsonDocument.Parse(file.AsMemory(0, end));
            var fields = json.RootElement;
            if (fields.GetProperty("format").GetInt32() is not Format and var format)
                throw new InvalidDataException($"it is of format {format}, and this version knows format {Format}");
            if (fields.GetProperty("length").GetInt32() is var length && length != file.Length - end - 1)
                throw new InvalidDataException($"it has {file.Length - end - 1} bytes instead of {length}");
            return new(fields.GetProperty("id").GetGuid(), TextOf("title"), file[(end + 1)..])
            {
                Query = TextOf("query"),
                ContentType = TextOf("contentType"),
                IsZipped = fields.GetProperty("zipped").GetBoolean(),
            };

            string TextOf(string name) => fields.GetProperty(name).GetString() ?? "";
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
        {
            throw new InvalidDataException("its first line is not that of a waiting profile", e);
        }
    }
}
