using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProfilerWeaver;

/// <summary>
/// A processed profile for the Firefox Profiler: two tracks for each thread, one whose samples weigh the contexts' own times, and
/// one whose samples weigh their calls. A table is an object with an array for each column.
/// </summary>
sealed class FirefoxWriter : IProfileWriter
{
    // The profiler brings files of these versions up to date itself.
    const int GeckoVersion = 24;
    const int ProcessedVersion = 49;
    const double NanosecondsPerMillisecond = 1e6;

    public void Write(ExportedProfile profile, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        WriteMeta(json, profile);
        WriteEmpty(json, "libs", "pages", "counters", "profilerOverhead");
        json.WriteStartArray("threads");
        var id = 0;
        foreach (var metric in profile.Metrics.Where(metric => metric == ExportMetric.Time || metric == ExportMetric.Calls)
            .OrderBy(metric => metric.IsTime ? 0 : 1))
        {
            foreach (var thread in profile.Threads)
                WriteThread(json, profile, thread, metric, ++id);
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteMeta(Utf8JsonWriter json, ExportedProfile profile)
    {
        json.WriteStartObject("meta");
        json.WriteNumber("version", GeckoVersion);
        json.WriteNumber("preprocessedProfileVersion", ProcessedVersion);
        json.WriteString("product", profile.Program.Length == 0 ? "ProfilerWeaver" : Printable.Text(profile.Program));
        json.WriteNumber("startTime", profile.Stats.OnlyRecording is { } run ? (run.StartedUtc - DateTime.UnixEpoch).TotalMilliseconds : 0);
        json.WriteNumber("interval", 1);
        json.WriteNumber("processType", 0);
        json.WriteNumber("stackwalk", 0);
        json.WriteBoolean("debug", false);
        json.WriteBoolean("symbolicated", true);
        json.WriteBoolean("usesOnlyOneStackType", true);
        json.WriteBoolean("doesNotUseFrameImplementation", true);
        json.WriteBoolean("sourceCodeIsNotOnSearchfox", true);
        WriteEmpty(json, "markerSchema");
        json.WriteStartArray("categories");
        json.WriteStartObject();
        json.WriteString("name", "Other");
        json.WriteString("color", "grey");
        json.WriteStartArray("subcategories");
        json.WriteStringValue("Other");
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteThread(Utf8JsonWriter json, ExportedProfile profile, ExportedThread thread, ExportMetric metric, int id)
    {
        var strings = new NumberedTexts();
        var methods = profile.Methods;
        json.WriteStartObject();
        json.WriteString("name", metric.IsTime ? Printable.Text(thread.Name) : $"{Printable.Text(thread.Name)}: {metric.Name}");
        json.WriteString("processType", "default");
        json.WriteString("processName", Printable.Text(profile.Program));
        json.WriteString("pid", "1");
        json.WriteNumber("tid", id);
        json.WriteBoolean("isMainThread", id == 1);
        json.WriteNumber("processStartupTime", 0);
        json.WriteNull("processShutdownTime");
        json.WriteNumber("registerTime", 0);
        json.WriteNull("unregisterTime");
        WriteEmpty(json, "pausedRanges");

        json.WriteStartObject("funcTable");
        Column(json, "name", methods, label => json.WriteNumberValue(strings.Of(ExportedProfile.NameOf(label))));
        Column(json, "isJS", methods, _ => json.WriteBooleanValue(false));
        Column(json, "relevantForJS", methods, _ => json.WriteBooleanValue(false));
        Column(json, "resource", methods, _ => json.WriteNumberValue(-1));
        Column(json, "fileName", methods, label => NumberOrNull(json, ExportedProfile.FileOf(label) is { } file ? strings.Of(file) : null));
        Column(json, "lineNumber", methods, label => NumberOrNull(json, label.Line > 0 ? label.Line : null));
        Column(json, "columnNumber", methods, _ => json.WriteNullValue());
        json.WriteNumber("length", methods.Count);
        json.WriteEndObject();

        var frames = Enumerable.Range(0, methods.Count).ToArray();
        json.WriteStartObject("frameTable");
        Column(json, "address", frames, _ => json.WriteNumberValue(-1));
        foreach (var name in (string[])["inlineDepth", "category", "subcategory"])
            Column(json, name, frames, _ => json.WriteNumberValue(0));
        Column(json, "func", frames, json.WriteNumberValue);
        foreach (var name in (string[])["nativeSymbol", "innerWindowID", "implementation", "column", "optimizations"])
            Column(json, name, frames, _ => json.WriteNullValue());
        Column(json, "line", frames, method => NumberOrNull(json, methods[method].Line > 0 ? methods[method].Line : null));
        json.WriteNumber("length", frames.Length);
        json.WriteEndObject();

        WriteStacks(json, thread, metric, profile.Stats.Unit);
        WriteNothing(json, "resourceTable", "lib", "name", "host", "type");
        WriteNothing(json, "nativeSymbols", "libIndex", "address", "name", "functionSize");
        WriteNothing(json, "markers", "category", "data", "endTime", "name", "phase", "startTime");
        json.WriteStartArray("stringArray");
        foreach (var text in strings.Texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
    }

    static void WriteStacks(Utf8JsonWriter json, ExportedThread thread, ExportMetric metric, ClockUnit unit)
    {
        var columns = thread.Tree.Columns;
        // The stack of a context is its place in the tree without the root, which has none.
        var stacks = Enumerable.Range(0, columns.Count - 1).ToArray();
        var above = ParentsOf(columns);
        json.WriteStartObject("stackTable");
        Column(json, "frame", stacks, stack => json.WriteNumberValue(columns.MethodOf(stack + 1)));
        Column(json, "prefix", stacks, stack => NumberOrNull(json, above[stack + 1] == 0 ? null : above[stack + 1] - 1));
        Column(json, "category", stacks, _ => json.WriteNumberValue(0));
        Column(json, "subcategory", stacks, _ => json.WriteNumberValue(0));
        json.WriteNumber("length", stacks.Length);
        json.WriteEndObject();

        var numbers = thread.NumbersOf(metric);
        var weights = Array.ConvertAll(stacks, stack => numbers.Next(metric.Of(columns.FiguresOf(stack + 1))));
        var samples = Array.FindAll(stacks, stack => weights[stack] > 0);
        var at = 0L;
        var inMilliseconds = metric.IsTime && unit == ClockUnit.Seconds;
        json.WriteStartObject("samples");
        Column(json, "stack", samples, json.WriteNumberValue);
        Column(json, "time", samples, stack => json.WriteNumberValue(((at += weights[stack]) - weights[stack]) / NanosecondsPerMillisecond));
        Column(json, "weight", samples, stack =>
            json.WriteNumberValue(inMilliseconds ? weights[stack] / NanosecondsPerMillisecond : weights[stack]));
        json.WriteString("weightType", inMilliseconds ? "tracing-ms" : metric.IsTime && unit == ClockUnit.Bytes ? "bytes" : "samples");
        json.WriteNumber("length", samples.Length);
        json.WriteEndObject();
    }

    static int[] ParentsOf(ContextColumns columns)
    {
        var parents = new int[columns.Count];
        var path = new Stack<int>();
        for (var i = 0; i < parents.Length; i++)
        {
            while (path.Count > 0 && columns.EndOf(path.Peek()) <= i)
                path.Pop();
            parents[i] = path.Count == 0 ? -1 : path.Peek();
            path.Push(i);
        }
        return parents;
    }

    static void Column<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> rows, Action<T> write)
    {
        const int mostPending = 1 << 20;
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            write(row);
            if (json.BytesPending > mostPending)
                json.Flush();
        }
        json.WriteEndArray();
    }

    static void NumberOrNull(Utf8JsonWriter json, int? number)
    {
        if (number is { } known)
            json.WriteNumberValue(known);
        else
            json.WriteNullValue();
    }

    static void WriteEmpty(Utf8JsonWriter json, params string[] arrays)
    {
        foreach (var name in arrays)
        {
            json.WriteStartArray(name);
            json.WriteEndArray();
        }
    }

    static void WriteNothing(Utf8JsonWriter json, string table, params string[] columns)
    {
        json.WriteStartObject(table);
        WriteEmpty(json, columns);
        json.WriteNumber("length", 0);
        json.WriteEndObject();
    }
}
