using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProfilerWeaver;

/// <summary>
/// V8's <c>.cpuprofile</c>, which VS Code and the DevTools of browsers open: the contexts as nodes, below one for each thread, and
/// for each a sample that lasts as long as its own time. A node's hits are its calls.
/// </summary>
sealed class CpuProfileWriter : IProfileWriter
{
    const int Root = 1;
    const int MostPending = 1 << 20;

    public void Write(ExportedProfile profile, Stream output)
    {
        if (profile.Stats.Unit == ClockUnit.Bytes)
            throw new InvalidOperationException("It counts bytes, and this format has only times. Choose pprof or speedscope.");
        using var json = new Utf8JsonWriter(output, new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartArray("nodes");
        var first = Root + 1;
        WriteNode(json, Root, MethodLabel.External("(root)"), 0, profile.Threads.Select(thread => (first += thread.Tree.Count) - thread.Tree.Count));
        first = Root + 1;
        foreach (var thread in profile.Threads)
        {
            WriteNodes(json, first, thread, profile.Methods);
            first += thread.Tree.Count;
        }
        json.WriteEndArray();
        WriteSamples(json, profile);
        json.WriteString(CpuProfileName.HitsAre, CpuProfileName.Calls);
        json.WriteEndObject();
    }

    static void WriteNodes(Utf8JsonWriter json, int first, ExportedThread thread, IReadOnlyList<MethodLabel> methods)
    {
        for (var i = 0; i < thread.Tree.Count; i++)
        {
            var node = thread.Tree[i];
            var label = i == 0 ? MethodLabel.External(thread.Name) : methods[node.Method];
            WriteNode(json, first + i, label, node.Calls, node.Children.Select(child => first + child.Index));
        }
    }

    static void WriteNode(Utf8JsonWriter json, int id, MethodLabel label, long calls, IEnumerable<int> children)
    {
        json.WriteStartObject();
        json.WriteNumber("id", id);
        json.WriteStartObject("callFrame");
        json.WriteString("functionName", ExportedProfile.NameOf(label));
        json.WriteString("scriptId", "0");
        json.WriteString("url", ExportedProfile.FileOf(label) ?? "");
        // Counted from 0; -1 is none.
        json.WriteNumber("lineNumber", label.Line - 1);
        json.WriteNumber("columnNumber", -1);
        json.WriteEndObject();
        json.WriteNumber("hitCount", calls);
        json.WriteStartArray("children");
        foreach (var child in children)
            json.WriteNumberValue(child);
        json.WriteEndArray();
        json.WriteEndObject();
        if (json.BytesPending > MostPending)
            json.Flush();
    }

    // A sample lasts until the next one, whose delta says how long; so a last one belongs to nobody.
    static void WriteSamples(Utf8JsonWriter json, ExportedProfile profile)
    {
        const decimal nanosecondsPerMicrosecond = 1000;
        List<int> samples = [];
        List<long> lengths = [];
        var first = Root + 1;
        foreach (var thread in profile.Threads)
        {
            var numbers = thread.NumbersOf(ExportMetric.Time);
            for (var i = 1; i < thread.Tree.Count; i++)
            {
                var length = profile.Stats.Unit == ClockUnit.None ? 0 : numbers.Next(thread.Tree[i].SelfTicks);
                if (length == 0)
                    continue;
                samples.Add(first + i);
                lengths.Add(length);
            }
            first += thread.Tree.Count;
        }
        json.WriteNumber("startTime", 0);
        json.WriteNumber("endTime", lengths.Sum() / nanosecondsPerMicrosecond);
        json.WriteStartArray("samples");
        foreach (var sample in samples)
            json.WriteNumberValue(sample);
        json.WriteNumberValue(Root);
        json.WriteEndArray();
        json.WriteStartArray("timeDeltas");
        json.WriteNumberValue(0);
        foreach (var length in lengths)
            json.WriteNumberValue(length / nanosecondsPerMicrosecond);
        json.WriteEndArray();
    }
}
