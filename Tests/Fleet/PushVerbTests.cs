using ProfilerWeaver.Tests.CommandLineTool;

namespace ProfilerWeaver.Tests.Fleet;

/// <summary><c>dotnet prof push</c>.</summary>
public sealed class PushVerbTests : IDisposable
{
    readonly ProfTool tool = new();
    readonly PushServer server = new();

    public PushVerbTests()
    {
        Directory.CreateDirectory(tool["runs"]);
        for (var seed = 0; seed < 5; seed++)
            ProfFile.Write(RandomProfiles.Recording(seed), tool[$"runs/{seed}.prof"]);
        tool.Environment["XDG_STATE_HOME"] = tool["state"];
    }

    public void Dispose()
    {
        server.Dispose();
        tool.Dispose();
    }

    [Test]
    public void Files_and_patterns_are_sent_under_a_name_and_labels()
    {
        var result = tool.Run("push", "runs/*.prof", "--to", $"pyroscope={server.Address}", "--service", "shop/api", "--label", "stage=ci");

        Assert.That(result, Is.EqualTo(new ToolResult(0, "", "dotnet-prof: 5 of 5 profiles have arrived.\n")));
        Assert.That(server.Arrived.Values.Select(delivery => delivery.Query), Has.Exactly(5).Contains($"?name={Uri.EscapeDataString("shop/api{stage=ci}")}&"));
        Assert.That(Directory.GetFiles(tool["state/profilerweaver/push"], "*.push", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void What_waits_is_sent_by_the_next_push_to_the_same_place()
    {
        var port = PushServer.FreePort();
        var to = $"pyroscope=http://127.0.0.1:{port}";

        var down = tool.Run("push", "runs/0.prof", "runs/1.prof", "--to", to, "--timeout", "1ms");
        using var later = new PushServer(port);
        var elsewhere = tool.Run("push", "--to", $"pyroscope={server.Address}");
        var up = tool.Run("push", "--to", to);
        var nothing = tool.Run("push", "--to", to);

        Assert.That(down.ExitCode, Is.EqualTo(1));
        Assert.That(down.Errors, Does.Match($@"^dotnet-prof: warning: 2 profiles have not reached {to}/ingest: Connection refused\. What has not arrived waits in {tool["state"]}/\S+; the next push to the same place, with the same spool, sends it\.\ndotnet-prof: 0 of 2 profiles have arrived\.\n$"));
        Assert.That((elsewhere, server.Requests), Is.EqualTo((new ToolResult(0, "", "dotnet-prof: nothing waits to be pushed there.\n"), 0)));
        Assert.That(up, Is.EqualTo(new ToolResult(0, "", "dotnet-prof: 2 of 2 profiles have arrived.\n")));
        Assert.That(nothing.Errors, Is.EqualTo("dotnet-prof: nothing waits to be pushed there.\n"));
        Assert.That(later.Arrived, Has.Count.EqualTo(2));
    }

    [Test]
    public void A_pusher_that_is_killed_loses_nothing_and_what_was_acknowledged_is_not_sent_again()
    {
        var to = $"pyroscope={server.Address}";
        using var fourth = new ManualResetEventSlim();
        server.Answer = _ =>
        {
            if (server.Requests <= 3)
                return null;
            fourth.Set();
            return (503, "down", null);
        };
        using var first = tool.Begin("push", "runs/*.prof", "--to", to);
        Assert.That(fourth.Wait(TimeSpan.FromMinutes(1)), Is.True);
        first.Signal("KILL");
        first.End();
        server.Answer = _ => null;

        var rest = tool.Run("push", "--to", to);
        var taken = server.Counts.Values.Select(count => count.Taken).ToArray();
        var again = tool.Run("push", "runs/*.prof", "--to", to);

        Assert.That((rest.ExitCode, again.ExitCode), Is.EqualTo((0, 0)));
        Assert.That(taken, Has.Length.GreaterThanOrEqualTo(4).And.All.EqualTo(1));
        Assert.That(server.Arrived, Has.Count.EqualTo(5), "what is sent again has the same id");
    }

    [Test]
    public void Several_that_send_from_one_spool_send_nothing_twice()
    {
        var to = $"pyroscope={server.Address}";
        server.Answer = _ => (503, "down", null);
        tool.Run("push", "runs/*.prof", "--to", to, "--timeout", "1ms");
        server.Answer = _ =>
        {
            Thread.Sleep(50);
            return null;
        };

        var pushers = Enumerable.Range(0, 3).Select(_ => tool.Begin("push", "--to", to)).ToArray();
        var results = Array.ConvertAll(pushers, pusher => pusher.End());
        Array.ForEach(pushers, pusher => pusher.Dispose());

        Assert.That(results.Select(result => result.ExitCode), Has.All.Zero);
        Assert.That(server.Counts.Values.Select(count => count.Taken), Is.EqualTo(new[] { 1, 1, 1, 1, 1 }));
    }

    [Test]
    public void A_spool_that_is_full_drops_the_oldest_and_says_so_once()
    {
        foreach (var seed in Enumerable.Range(5, 10))
            ProfFile.Write(RandomProfiles.Recording(seed), tool[$"runs/{seed}.prof"]);
        var to = $"pyroscope=http://127.0.0.1:{PushServer.FreePort()}";
        string[] files = [.. Enumerable.Range(0, 15).Select(seed => $"runs/{seed}.prof")];

        var result = tool.Run(["push", .. files, "--to", to, "--spool", "spool", "--spool-limit", "16KiB", "--timeout", "1ms"]);

        var waiting = Directory.GetFiles(tool["spool"], "*.push", SearchOption.AllDirectories).Select(file => new FileInfo(file)).ToArray();
        Assert.That(waiting.Sum(file => file.Length), Is.LessThanOrEqualTo(16 << 10));
        Assert.That(waiting, Has.Length.InRange(1, 14));
        Assert.That(result.Errors.Split('\n').Count(line => line.Contains("too many profiles wait", StringComparison.Ordinal)), Is.EqualTo(1));
        Assert.That(result.Errors, Does.Contain("(more than 16 KiB, or 10000): the oldest are dropped.").And.Contain("0 of 15 profiles have arrived"));
        // In the order of their names.
        Assert.That(waiting.Select(file => PushItem.Read(File.ReadAllBytes(file.FullName)).Title), Does.Contain("runs/9.prof").And.Not.Contain("runs/0.prof"));
    }

    [Test]
    public void What_is_damaged_in_the_spool_is_removed()
    {
        var port = PushServer.FreePort();
        var to = $"pyroscope=http://127.0.0.1:{port}";
        tool.Run("push", "runs/0.prof", "runs/1.prof", "--to", to, "--spool", "spool", "--timeout", "1ms");
        var damaged = Directory.GetFiles(tool["spool"], "*.push", SearchOption.AllDirectories)[0];
        File.WriteAllBytes(damaged, File.ReadAllBytes(damaged)[..^1]);
        using var later = new PushServer(port);

        var result = tool.Run("push", "--to", to, "--spool", "spool");

        Assert.That(result.Errors, Does.Match($"^dotnet-prof: warning: '{damaged}' cannot be sent, and is removed: it has \\d+ bytes instead of \\d+\\.\n"));
        Assert.That(later.Arrived, Has.Count.EqualTo(1));
        Assert.That(damaged, Does.Not.Exist);
    }

    [TestCase("push runs/0.prof --to pyroscop=http://localhost", "'pyroscop=http://localhost' is no place to push to: expected pyroscope=URL, otlp=URL or a folder.")]
    [TestCase("push runs/0.prof --to localhost:4040", "'localhost:4040' is no place to push to: expected pyroscope=URL, otlp=URL or a folder.")]
    [TestCase("push runs/0.prof --to http:/localhost", "'http:/localhost' is no place to push to")]
    [TestCase("push runs/0.prof --to me:secret@localhost:4040", "'***@localhost:4040' is no place to push to")]
    [TestCase("push runs/0.prof --to pyroscope=localhost:4040", "'localhost:4040' is not the address of a server: expected for example http://localhost:4040.")]
    [TestCase("push runs/0.prof --to otlp=http://localhost?token=1", "the address of localhost goes on after its path.")]
    [TestCase("push runs/0.prof --to out --service größe", "the service cannot be called 'größe'")]
    [TestCase("push runs/0.prof --to out --label 1=2", "a label cannot be called '1'")]
    [TestCase("push runs/0.prof --to out --label stage", "option --label: expected KEY=VALUE")]
    [TestCase("push runs/0.prof --to out --spool-limit much", "option --spool-limit: expected a size such as 512MiB")]
    [TestCase("push missing.prof --to out", "missing.prof does not exist.")]
    [TestCase("push runs/0.prof", "--to")]
    public void Mistakes_are_named(string arguments, string message)
    {
        var result = tool.Run(arguments.Split(' '));

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Errors, Does.Contain(message));
    }
}
