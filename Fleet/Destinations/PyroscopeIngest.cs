using System.Globalization;
using System.Text;
using System.Text.Json;

namespace ProfilerWeaver;

/// <summary>Pyroscope's <c>/ingest</c>, which takes pprof as a form. It keeps no id of what it is sent, but for what stands in between, and
/// its log, the id is a header.</summary>
/// <param name="address">That of the server.</param>
sealed class PyroscopeIngest(Uri address) : HttpDestination("pyroscope", ServerAddress.WithPath(address, Path))
{
    const string Path = "/ingest";
    const string Boundary = "--ProfilerWeaver-6f1c0a8d2b";

    public override PushItem Encode(PushedProfile profile, Action<string> pruned)
    {
        var body = Limited(profile, pruned, PprofWriter.WriteUnzipped);
        var name = NameOf(profile.Labels);
        return new(PushId.Of(body.Bytes, Path, name), profile.Title, FormOf(profile.Stats, Gzip.Compress(body.Bytes)))
        {
            ContentType = $"multipart/form-data; boundary={Boundary}",
            Query = $"?name={Uri.EscapeDataString(name)}&from={Seconds(profile.FromUtc)}&until={Seconds(profile.FromUtc + profile.Duration)}" +
                "&spyName=profilerweaver&sampleRate=100&aggregationType=sum",
        };
    }

    // As in service{key=value,other=value}: these characters end a value.
    static string NameOf(PushLabels labels) =>
        $"{labels.Service}{{{string.Join(',', labels.Pairs.Select(pair => $"{pair.Key}={pair.Value.Replace(',', '_').Replace('}', '_')}"))}}}";

    static string Seconds(DateTime utc) => new DateTimeOffset(utc).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);

    static byte[] FormOf(Stats stats, byte[] pprof)
    {
        using var form = new MemoryStream();
        AddFile(form, "profile", "profile.pprof", pprof);
        AddFile(form, "sample_type_config", "sample_type_config.json", TypesOf(stats));
        form.Write(Encoding.ASCII.GetBytes($"--{Boundary}--\r\n"));
        return form.ToArray();
    }

    static void AddFile(MemoryStream form, string name, string file, byte[] content)
    {
        form.Write(Encoding.ASCII.GetBytes($"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{file}\"\r\n" +
            "Content-Type: application/octet-stream\r\n\r\n"));
        form.Write(content);
        form.Write("\r\n"u8);
    }

    // The server calls the profile after what its figures are to be shown as: process_cpu, memory, or as the last one is.
    static byte[] TypesOf(Stats stats)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            foreach (var metric in ExportMetric.All)
            {
                json.WriteStartObject(metric.Name);
                json.WriteString("units", metric.UnitFor(stats.Unit));
                json.WriteString("display-name", MeasuredName.Of(stats));
                json.WriteString("aggregation", "sum");
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        return bytes.ToArray();
    }
}
