using System.Collections;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProfilerWeaver.Store;

/// <summary>Prints answers, for people and for other programs.</summary>
static class AnswerFormats
{
    /// <summary>The formats by name; the first is for people.</summary>
    public static readonly string[] Names = ["table", "csv", "json"];

    /// <summary>Writes an answer.</summary>
    /// <param name="format">One of <see cref="Names"/>.</param>
    public static void Write(Answer answer, string format, Stream output)
    {
        if (format == "json")
        {
            WriteJson(answer, output);
            return;
        }
        using var writer = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        if (format == "csv")
            WriteCsv(answer, writer);
        else
            WriteTable(answer, writer);
    }

    static void WriteTable(Answer answer, StreamWriter output)
    {
        var cells = answer.Rows.Select(row => Array.ConvertAll(row, value => Printable.Text(AnswerText.Of(value)))).ToList();
        var isNumber = answer.Columns.Select((_, i) => answer.Rows.Any(row => row[i] is not null) && answer.Rows.All(row => row[i] is null || AnswerText.IsNumber(row[i]))).ToArray();
        var widths = answer.Columns.Select((name, i) => cells.Aggregate(name.Length, (width, row) => Math.Max(width, row[i].Length))).ToArray();
        WriteLine([.. answer.Columns]);
        cells.ForEach(WriteLine);

        void WriteLine(string[] line) =>
            output.WriteLine(string.Join("  ", line.Select((cell, i) => isNumber[i] ? cell.PadLeft(widths[i]) : cell.PadRight(widths[i]))).TrimEnd());
    }

    // RFC 4180.
    static void WriteCsv(Answer answer, StreamWriter output)
    {
        WriteLine(answer.Columns);
        foreach (var row in answer.Rows)
            WriteLine(row.Select(AnswerText.Of));

        void WriteLine(IEnumerable<string> cells) => output.Write(string.Join(',', cells.Select(Quoted)) + "\r\n");
    }

    static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static void WriteJson(Answer answer, Stream output)
    {
        using (var json = new Utf8JsonWriter(output, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartArray();
            foreach (var row in answer.Rows)
            {
                json.WriteStartObject();
                for (var i = 0; i < row.Length; i++)
                {
                    json.WritePropertyName(answer.Columns[i]);
                    WriteJson(row[i], json);
                }
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        output.WriteByte((byte)'\n');
    }

    static void WriteJson(object? value, Utf8JsonWriter json)
    {
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case IDictionary map:
                json.WriteStartObject();
                foreach (DictionaryEntry pair in map)
                {
                    json.WritePropertyName(AnswerText.Of(pair.Key));
                    WriteJson(pair.Value, json);
                }
                json.WriteEndObject();
                break;
            case IEnumerable list when value is not (string or byte[]):
                json.WriteStartArray();
                foreach (var element in list)
                    WriteJson(element, json);
                json.WriteEndArray();
                break;
            case var number when AnswerText.IsNumber(number):
                json.WriteRawValue(AnswerText.Of(number));
                break;
            default:
                json.WriteStringValue(AnswerText.Of(value));
                break;
        }
    }
}
