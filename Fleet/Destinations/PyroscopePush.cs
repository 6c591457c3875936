using System.Net.Http.Headers;

namespace ProfilerWeaver;

/// <summary>Pyroscope's push API, by the Connect protocol: labels and the id are fields of it.</summary>
/// <param name="address">That of the API.</param>
sealed class PyroscopePush(Uri address) : HttpDestination("pyroscope", address)
{
    const string Path = "/push.v1.PusherService/Push";

    // The fields of push.v1.PushRequest and of what is in it.
    const int Series = 1;
    const int Labels = 1, Samples = 2;
    const int Key = 1, Value = 2;
    const int Profile = 1, Id = 2;

    /// <summary>Whether an address is that of the API.</summary>
    public static bool IsMeant(Uri address) => ServerAddress.EndsWith(address, Path);

    public override PushItem Encode(PushedProfile profile, Action<string> pruned)
    {
        var body = Limited(profile, pruned, PprofWriter.WriteUnzipped);
        List<KeyValuePair<string, string>> labels =
        [
            new("__name__", MetricNameOf(profile.Stats)), new("__delta__", "false"), new("service_name", profile.Labels.Service),
            new("pyroscope_spy", "profilerweaver"), .. profile.Labels.Pairs,
        ];
        var id = PushId.Of(body.Bytes, [Path, .. labels.SelectMany(label => new[] { label.Key, label.Value })]);
        using var request = new ProtobufMessage();
        using var series = new ProtobufMessage();
        using var part = new ProtobufMessage();
        foreach (var (key, value) in labels)
            series.Message(Labels, part.Text(Key, key).Text(Value, value));
        series.Message(Samples, part.Bytes(Profile, Gzip.Compress(body.Bytes)).Text(Id, id.ToString()));
        using var content = new MemoryStream();
        request.Message(Series, series).MoveTo(content);
        return new(id, profile.Title, content.ToArray()) { ContentType = "application/proto" };
    }

    protected override void AddHeaders(HttpRequestHeaders headers) => headers.Add("Connect-Protocol-Version", "1");

    // As /ingest would call it.
    static string MetricNameOf(Stats stats) => MeasuredName.Of(stats) switch
    {
        "cpu" => "process_cpu",
        "alloc_space" => "memory",
        var name => name,
    };
}
