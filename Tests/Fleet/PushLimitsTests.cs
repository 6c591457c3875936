namespace ProfilerWeaver.Tests.Fleet;

/// <summary>A profile that is too large for servers is sent in less detail, and with the same sums.</summary>
public sealed class PushLimitsTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly PushServer server = new();
    readonly List<string> report = [];

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [TestCase("pyroscope", "")]
    [TestCase("pyroscope", "/push.v1.PusherService/Push")]
    [TestCase("otlp", "")]
    public async Task More_contexts_than_are_taken(string kind, string path)
    {
        var tree = new TreeBuilder();
        var callers = Enumerable.Range(0, 200).Select(i => tree.Method($"Caller{i}")).ToArray();
        var callees = Enumerable.Range(0, 100).Select(i => tree.Method($"Callee{i}")).ToArray();
        foreach (var caller in callers)
        {
            tree.Call(caller, () =>
            {
                foreach (var callee in callees)
                    tree.Call(callee, () => tree.Now += 1 + caller + callee);
            });
        }

        var delivery = await Push(tree.Build(1e-9), $"{kind}={server.Address}{path}");

        Assert.That(delivery.Body.Samples, Is.InRange(14_000, 16_000), "as many as possible");
        Assert.That(report.Single(), Does.Match(@"too-large\.prof has 20,200 contexts, and servers accept 16,000 contexts, .* combined as \(pruned\), and sums stay"));
    }

    [TestCase("pyroscope")]
    [TestCase("otlp")]
    public async Task A_deeper_stack_than_is_taken(string kind)
    {
        var tree = new TreeBuilder();
        var methods = new[] { tree.Method("Even"), tree.Method("Odd"), tree.Method("Leaf") };
        for (var depth = 0; depth < 5000; depth++)
        {
            tree.Enter(methods[depth % 2]);
            tree.Now += 1;
            tree.Call(methods[2], () => tree.Now += 2);
        }
        for (var depth = 0; depth < 5000; depth++)
            tree.Leave();

        var delivery = await Push(tree.Build(1e-9), $"{kind}={server.Address}");

        Assert.That(delivery.Body.Depth, Is.EqualTo(1000));
        Assert.That(report, Has.Count.EqualTo(1));
    }

    [TestCase("pyroscope")]
    [TestCase("otlp")]
    public async Task More_bytes_than_are_taken(string kind)
    {
        var tree = new TreeBuilder();
        foreach (var i in Enumerable.Range(0, 4000))
            tree.Call(tree.Method($"Method{i}{new string('x', 2000)}"), () => tree.Now += 1 + i);

        var delivery = await Push(tree.Build(1e-9), $"{kind}={server.Address}");

        Assert.That(delivery.Body.Profile, Has.Length.InRange(3_900_000, 4 << 20), "as much as possible");
    }

    [TestCase("pyroscope")]
    [TestCase("otlp")]
    public async Task More_labels_than_are_taken(string kind)
    {
        var tree = new TreeBuilder();
        var scopes = Enumerable.Range(0, 150).Select(i => tree.Method(new MethodLabel(ScopeName.File, 0, $"scope key{i}=value"))).ToArray();
        foreach (var scope in scopes)
            tree.Enter(scope);
        tree.Call(tree.Method("Leaf"), () => tree.Now += 7);
        foreach (var _ in scopes)
            tree.Leave();

        var delivery = await Push(tree.Build(1e-9), $"{kind}={server.Address}");

        Assert.That(delivery.Body.Labels, Is.EqualTo(100));
    }

    async Task<Delivery> Push(ProfileData profile, string to)
    {
        var file = folder.File("too-large.prof");
        ProfFile.Write(profile with { Overhead = RecordingOverhead.None }, file);

        var summary = await Pushing.Push([file], to, folder.File("spool"), new() { Report = report.Add });

        Assert.That(server.Violations, Is.Empty);
        Assert.That(summary, Is.EqualTo(new PushSummary(1, 0, 0, 0, 0)));
        var delivery = server.Arrived.Values.Single();
        var stats = new Stats(file);
        Assert.That(delivery.Body.Sums["calls"], Is.EqualTo(stats.TotalCalls));
        Assert.That(delivery.Body.Sums.Single(sum => sum.Key is "time" or "wall").Value, Is.EqualTo((long)Math.Round(stats.TotalTime * 1e9)));
        return delivery;
    }
}
