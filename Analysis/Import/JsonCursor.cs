using System.Text.Json;

namespace ProfilerWeaver;

/// <summary>Goes through a JSON file, value by value. Each value that is come to has to be read or skipped.</summary>
ref struct JsonCursor
{
    readonly ForeignFile file;
    readonly int start;
    Utf8JsonReader reader;

    JsonCursor(ForeignFile file)
    {
        this.file = file;
        start = file.Data.AsSpan().StartsWith("\uFEFF"u8) ? 3 : 0;
        reader = new(file.Data.AsSpan(start));
    }

    /// <summary>Reads the one value that a file consists of.</summary>
    public delegate void Body(ref JsonCursor json);

    /// <summary>Where the current value begins.</summary>
    public readonly long Offset => start + reader.TokenStartIndex;

    /// <exception cref="InvalidProfileException">The file is no JSON, or not what it has to be.</exception>
    public static void Read(ForeignFile file, Body body)
    {
        var json = new JsonCursor(file);
        try
        {
            json.reader.Read();
            body(ref json);
            json.reader.Read();
        }
        catch (JsonException e)
        {
            throw file.Invalid(json.start + json.reader.BytesConsumed, "it is no valid JSON: " + FirstSentence(e.Message));
        }
        // What the reader says of text that is not UTF-8, or of half a surrogate pair.
        catch (InvalidOperationException)
        {
            throw file.Invalid(json.Offset, "a text in it is not valid");
        }
    }

    /// <summary>Whether a file begins like an object that has one of these properties.</summary>
    public static bool IsObjectWith(ReadOnlySpan<byte> beginning, params string[] properties)
    {
        var text = beginning.StartsWith("\uFEFF"u8) ? beginning[3..] : beginning;
        text = text.TrimStart(" \t\r\n"u8);
        // Python's marshal begins with the same character, which no quote can follow.
        if (text.IsEmpty || text[0] != '{' || !text[1..].TrimStart(" \t\r\n"u8).StartsWith("\""u8))
            return false;
        foreach (var property in properties)
        {
            if (text.IndexOf(System.Text.Encoding.UTF8.GetBytes($"\"{property}\"")) >= 0)
                return true;
        }
        return false;
    }

    public void BeginObject() => Expect(JsonTokenType.StartObject, "an object");

    public void BeginArray() => Expect(JsonTokenType.StartArray, "an array");

    /// <summary>Goes on to the value of the next property; false at the end of the object.</summary>
    public bool NextProperty(out string name)
    {
        reader.Read();
        name = "";
        if (reader.TokenType == JsonTokenType.EndObject)
            return false;
        name = reader.GetString()!;
        reader.Read();
        return true;
    }

    /// <summary>Goes on to the next value; false at the end of the array.</summary>
    public bool NextItem()
    {
        reader.Read();
        return reader.TokenType != JsonTokenType.EndArray;
    }

    public void Skip() => reader.Skip();

    public readonly string Text()
    {
        Expect(JsonTokenType.String, "a text");
        return reader.GetString()!;
    }

    /// <summary>A text, or nothing in its place.</summary>
    public readonly string? TextOrNull() => reader.TokenType == JsonTokenType.Null ? null : Text();

    public readonly long Whole()
    {
        Expect(JsonTokenType.Number, "a number");
        return reader.TryGetInt64(out var number) ? number : throw Invalid("expected a whole number");
    }

    public readonly double Number()
    {
        Expect(JsonTokenType.Number, "a number");
        // Sums of them have to be whole numbers.
        return reader.TryGetDouble(out var number) && Math.Abs(number) < 1e15 ? number : throw Invalid("a number is too large");
    }

    /// <summary>A number, or 0 for nothing in its place.</summary>
    public readonly long NumberOrNull() => reader.TokenType == JsonTokenType.Null ? 0 : (long)Number();

    public readonly InvalidProfileException Invalid(string reason) => file.Invalid(Offset, reason);

    readonly void Expect(JsonTokenType type, string what)
    {
        if (reader.TokenType != type)
            throw Invalid($"expected {what}");
    }

    static string FirstSentence(string message) => message.IndexOf(". ", StringComparison.Ordinal) is >= 0 and var end ? message[..end] : message.TrimEnd('.');
}
