using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProfilerWeaver;

/// <summary>speedscope's own format: for each thread and metric a profile of events, which enter and leave methods. What a context
/// has without those below it comes first, so the order of the events says nothing about when something was called.</summary>
sealed class SpeedscopeWriter : IProfileWriter
{
    const int MostPending = 1 << 20;

    public void Write(ExportedProfile profile, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("$schema", "https://www.speedscope.app/file-format-schema.json");
        json.WriteString("exporter", SpeedscopeName.Exporter);
        json.WriteString("name", Printable.Text(profile.Program));
        WriteFrames(profile, json);
        json.WriteStartArray("profiles");
        // Time first: speedscope shows the first profile.
        var metrics = profile.Metrics.OrderBy(metric => metric.IsTime ? 0 : 1);
        foreach (var metric in metrics)
        {
            foreach (var thread in profile.Threads)
            {
                if (metric == ExportMetric.Time || metric == ExportMetric.Calls || thread.Has(metric))
                    WriteProfile(thread, metric, profile.Stats.Unit, json);
            }
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteFrames(ExportedProfile profile, Utf8JsonWriter json)
    {
        json.WriteStartObject("shared");
        json.WriteStartArray("frames");
        foreach (var label in profile.Methods)
        {
            json.WriteStartObject();
            json.WriteString("name", ExportedProfile.NameOf(label));
            if (ExportedProfile.FileOf(label) is { } file)
                json.WriteString("file", file);
            if (label.Line > 0)
                json.WriteNumber("line", label.Line);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteProfile(ExportedThread thread, ExportMetric metric, ClockUnit unit, Utf8JsonWriter json)
    {
        var events = new Events(metric, thread, json);
        json.WriteStartObject();
        json.WriteString("type", "evented");
        json.WriteString("name", $"{Printable.Text(thread.Name)}: {metric.Name}");
        json.WriteString("unit", metric.IsTime && unit != ClockUnit.Samples ? metric.UnitFor(unit) : "none");
        json.WriteNumber("startValue", 0);
        json.WriteStartArray("events");
        thread.Tree.Visit(events);
        json.WriteEndArray();
        json.WriteNumber("endValue", events.At);
        json.WriteString(SpeedscopeName.Metric, metric.Name);
        json.WriteEndObject();
    }

    sealed class Events(ExportMetric metric, ExportedThread thread, Utf8JsonWriter json) : ContextSink
    {
        readonly WholeNumbers numbers = thread.NumbersOf(metric);
        readonly Stack<int> path = new();

        public long At => numbers.Sum;

        public override void Enter(int method, in ContextFigures figures)
        {
            path.Push(method);
            if (method < 0)
                return;
            Write("O", method);
            numbers.Next(metric.Of(figures));
        }

        public override void Leave()
        {
            if (path.Pop() is >= 0 and var method)
                Write("C", method);
        }

        void Write(string type, int method)
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteNumber("frame", method);
            json.WriteNumber("at", At);
            json.WriteEndObject();
            if (json.BytesPending > MostPending)
                json.Flush();
        }
    }
}
