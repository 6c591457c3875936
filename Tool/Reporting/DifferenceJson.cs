using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProfilerWeaver.Tool;

/// <summary>A difference for other programs; nothing is left out, and times are not rounded.</summary>
static class DifferenceJson
{
    public static void Write(ProfileDifference difference, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("unit", difference.Unit.ToString().ToLowerInvariant());
        json.WriteStartObject("runs");
        json.WriteNumber("before", difference.RunsBefore);
        json.WriteNumber("after", difference.RunsAfter);
        json.WriteEndObject();
        WriteCounts(json, difference.CallsBefore, difference.CallsAfter);
        json.WriteStartArray("causes");
        foreach (var cause in difference.Causes)
            WriteCause(json, cause);
        json.WriteEndArray();
        json.WriteStartArray("moved");
        foreach (var move in difference.Moves)
        {
            json.WriteStartObject();
            json.WriteString("method", move.Method);
            json.WriteString("from", move.From);
            json.WriteString("to", move.To);
            json.WriteNumber("calls", move.Calls);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteStartArray("methods");
        foreach (var method in difference.Methods)
            WriteMethod(json, method);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes a cause and what follows it.</summary>
    public static void WriteCause(Utf8JsonWriter json, CallChange cause)
    {
        json.WriteStartObject();
        json.WriteString("method", cause.Method);
        json.WriteString("caller", cause.Caller);
        json.WriteNumber("before", cause.Before);
        json.WriteNumber("after", cause.After);
        json.WriteNumber("callerBefore", cause.CallerBefore);
        json.WriteNumber("callerAfter", cause.CallerAfter);
        json.WriteBoolean("stable", cause.IsStable);
        json.WriteStartArray("followers");
        foreach (var (name, (before, after)) in cause.Followers.OrderBy(follower => follower.Key, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("method", name);
            json.WriteNumber("before", before);
            json.WriteNumber("after", after);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteMethod(Utf8JsonWriter json, MethodDifference method)
    {
        json.WriteStartObject();
        json.WriteString("name", method.Name);
        json.WriteString("state", method.IsAdded ? "new" : method.IsGone ? "gone" : method.OldName is not null ? "renamed?" : "same");
        if (method.OldName is not null)
            json.WriteString("oldName", method.OldName);
        if (method.Files is { } files)
        {
            json.WriteString("oldFile", files.Before);
            json.WriteString("file", files.After);
        }
        json.WriteBoolean("stable", method.IsStable);
        WriteCounts(json, method.Before, method.After);
        json.WriteStartObject("self");
        WriteTimes(json, "before", method.Self.Before);
        WriteTimes(json, "after", method.Self.After);
        if (method.Self.CanBeTested)
            json.WriteNumber("p", method.Self.Probability);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    static void WriteCounts(Utf8JsonWriter json, RunCounts before, RunCounts after)
    {
        json.WriteStartObject("calls");
        foreach (var (name, counts) in new[] { ("before", before), ("after", after) })
        {
            json.WriteStartObject(name);
            json.WriteNumber("median", counts.Median);
            json.WriteNumber("least", counts.Least);
            json.WriteNumber("most", counts.Most);
            json.WriteEndObject();
        }
        json.WriteEndObject();
    }

    static void WriteTimes(Utf8JsonWriter json, string name, RunTimes times)
    {
        json.WriteStartArray(name);
        foreach (var time in times.Runs)
        {
            if (double.IsFinite(time))
                json.WriteNumberValue(time);
            else
                json.WriteNullValue();
        }
        json.WriteEndArray();
    }
}
