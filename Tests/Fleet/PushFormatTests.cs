using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace ProfilerWeaver.Tests.Fleet;

/// <summary>What is sent is what other tools read by the public schemas.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed partial class PushFormatTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly PushServer server = new();

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [TestCase("")]
    [TestCase("/push.v1.PusherService/Push")]
    public async Task Go_reads_what_Pyroscope_is_sent(string path)
    {
        var delivery = await PushShop($"pyroscope={server.Address}{path}");

        // Pyroscope takes it zipped or not.
        File.WriteAllBytes(folder.File("pushed.pb"), delivery.Body.Profile);
        var calls = OtherTool.RunIn(folder.Location, "go", "tool", "pprof", "-top", "-nodefraction=0", "-sample_index=calls", "pushed.pb");
        var time = OtherTool.RunIn(folder.Location, "go", "tool", "pprof", "-top", "-nodefraction=0", "-unit=ns", "-sample_index=time", "pushed.pb");

        Assert.That(calls, Does.Match(@"(?m)^\s+2 +50\.00% +\S+ +2 +50\.00% +Shop\.Load$").And.Match(@"(?m)^\s+1 .* Shop\.Main$"));
        Assert.That(time, Does.Match(@"(?m)^\s+30ns? .* Shop\.Load$"));
        Assert.That(OtherTool.RunIn(folder.Location, "go", "tool", "pprof", "-tags", "pushed.pb"), Does.Contain("thread").And.Contain("route"));
    }

    [Test]
    public async Task Ingest_is_told_service_labels_time_and_what_was_measured()
    {
        var delivery = await PushShop($"pyroscope={server.Address}");
        var query = System.Web.HttpUtility.ParseQueryString(delivery.Query);

        Assert.That(query["name"], Is.EqualTo("shop-api{machine=build-7,note=a_b_,version=1.4}"));
        Assert.That((query["from"], query["until"]), Is.EqualTo(("1795334400", "1795334401")));
        Assert.That(query["spyName"], Is.EqualTo("profilerweaver"));
        Assert.That(System.Text.Encoding.UTF8.GetString(PushedBody.PartOf(delivery.Raw, delivery.ContentType!, "sample_type_config")),
            Does.Contain("""
                "time":{"units":"nanoseconds","display-name":"wall","aggregation":"sum"}
                """));
    }

    [Test]
    public async Task Protoc_reads_what_the_push_API_is_sent()
    {
        var delivery = await PushShop($"pyroscope={server.Address}/push.v1.PusherService/Push");

        var text = Protoc.Decode("pyroscope-push.proto", "push.v1.PushRequest", delivery.Raw);

        Assert.That(Pair().Matches(text).Select(match => $"{match.Groups[1]}={match.Groups[2]}"), Is.EqualTo(new[]
        {
            "__name__=wall", "__delta__=false", "service_name=shop-api", "pyroscope_spy=profilerweaver", "machine=build-7", "note=a,b}", "version=1.4",
        }));
        Assert.That(text, Does.Contain($"ID: \"{delivery.Id}\""));
        Assert.That(delivery.ContentType, Is.EqualTo("application/proto"));
    }

    [Test]
    public async Task Protoc_reads_what_a_collector_is_sent()
    {
        var delivery = await PushShop($"otlp={server.Address}");

        var text = Protoc.Decode("otlp-profiles.proto", "opentelemetry.proto.ExportProfilesServiceRequest", delivery.Body.Profile);

        Assert.That(delivery.Path, Is.EqualTo("/v1development/profiles"));
        Assert.That(text, Does.Not.Match(@"(?m)^ *\d+:"), "all fields are known");
        Assert.That(Value().Matches(text).Take(4).Select(match => $"{match.Groups[1]}={match.Groups[2]}"),
            Is.EqualTo(new[] { "service.name=shop-api", "host.name=build-7", "note=a,b}", "service.version=1.4" }));
        var strings = Strings().Matches(text).Select(match => match.Groups[1].Value).ToArray();
        Assert.That(strings[0], Is.Empty);
        Assert.That(strings, Is.Unique);
        Assert.That(strings, Is.SupersetOf(new[] { "Shop.Main", "Shop.Load", "src/Program.cs", "thread.name", "route", "wall", "nanoseconds", "calls", "count" }));
        foreach (var table in new[] { "mapping", "location", "function", "link", "attribute", "stack" })
            Assert.That(text, Does.Match($@"(?m)^  {table}_table \{{\n  \}}"), $"the first {table} is that of none");
        Assert.That(Values().Matches(text).Sum(match => long.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture)), Is.EqualTo(4 + 100));
        Assert.That(text, Does.Contain($"time_unix_nano: {new DateTimeOffset(2026, 11, 22, 8, 0, 0, default).ToUnixTimeSeconds()}000000000"));
        Assert.That(text, Does.Contain("duration_nano: 1500000000"));
    }

    [Test]
    public async Task A_CPU_profile_is_called_one()
    {
        ProfFile.Write(Shop() with { Clock = "thread CPU" }, folder.File("cpu.prof"));

        await Pushing.Push([folder.File("cpu.prof")], $"pyroscope={server.Address}/push.v1.PusherService/Push", folder.File("spool"));

        Assert.That(server.Arrived.Values.Single().Body.Series["__name__"], Is.EqualTo("process_cpu"));
    }

    async Task<Delivery> PushShop(string to)
    {
        ProfFile.Write(Shop(), folder.File("shop.prof"));
        await Pushing.Push([folder.File("shop.prof")], to, folder.File("spool"), new()
        {
            Service = "shop-api",
            Labels = [new("version", "1.4"), new("note", "a,b}")],
        });
        Assert.That(server.Violations, Is.Empty);
        return server.Arrived.Values.Single();
    }

    // 100 ns, of which Load has 30.
    static ProfileData Shop()
    {
        var tree = new TreeBuilder();
        var main = tree.Method("Shop.Main");
        var load = tree.Method("Shop.Load");
        var scope = tree.Method(new MethodLabel(ScopeName.File, 0, "request route=/orders"));
        tree.Call(main, () =>
        {
            tree.Now += 70;
            tree.Call(scope, () =>
            {
                for (var i = 0; i < 2; i++)
                    tree.Call(load, () => tree.Now += 15);
            });
        });
        return tree.Build(1e-9) with { Environment = [new("machine", "build-7"), new("program version", "1.0")], Overhead = RecordingOverhead.None };
    }

    [GeneratedRegex("name: \"(.*)\"\\n *value: \"(.*)\"")]
    private static partial Regex Pair();

    [GeneratedRegex("key: \"(.*)\"\\n *value \\{\\n *string_value: \"(.*)\"")]
    private static partial Regex Value();

    [GeneratedRegex("string_table: \"(.*)\"")]
    private static partial Regex Strings();

    [GeneratedRegex("(?m)^ *values: (\\d+)$")]
    private static partial Regex Values();
}
