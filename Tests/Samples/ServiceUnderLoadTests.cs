using System.Net.Http;
using ProfilerWeaver.Tests.CommandLineTool;
using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Samples;

/// <summary>Samples/WebShop, woven and asleep, with two hundred clients that ask again and again: it is told to record, looked at and told
/// to stop, and they notice nothing.</summary>
[Platform("Linux")]
public sealed class ServiceUnderLoadTests
{
    const int Clients = 200;
    const string Load = "PROFILERWEAVER_LOAD";

    static readonly string Program = Path.Combine(PackageFeed.Repository, "Samples", "WebShop", "bin",
        Path.GetFileName(Path.GetDirectoryName(TestContext.CurrentContext.TestDirectory))!, "net10.0", "WebShop.dll");

    // How long it records, in seconds.
    static readonly string Time = (Environment.GetEnvironmentVariable(Load) ?? "1") + "s";

    [Test]
    public async Task The_commands_work_and_every_request_is_answered()
    {
        using var tool = new ProfTool();
        tool.Environment["PROFILERWEAVER_CONTROL"] = tool.Folder;
        using var running = tool.Begin(TimeSpan.FromMinutes(4), "--paused", Program, "--urls", "http://127.0.0.1:0");
        var line = running.WaitFor("Now listening on:");
        using var client = new HttpClient { BaseAddress = new(line[line.IndexOf("http", StringComparison.Ordinal)..]) };
        using var enough = new CancellationTokenSource();
        var clients = Enumerable.Range(0, Clients).Select(_ => Ask(client, enough.Token)).ToList();

        Expect("start", "WebShop", "--for", Time, "-o", "window.prof");
        Expect("start", "WebShop", "-o", "whole.prof");
        var rows = Expect("top", "WebShop", "--once", "--interval", Time);
        var row = Expect("ps");
        Expect("dump", "WebShop", "-o", "dumped.prof");
        Expect("stop", "WebShop");
        enough.Cancel();
        var answers = await Task.WhenAll(clients);
        Expect("start", "WebShop", "-o", "exact.prof");
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => Get(client)));
        Expect("stop", "WebShop");
        running.Signal("TERM");
        var result = running.End();

        Assert.That(result.Errors, Is.Empty);
        Assert.That(answers, Has.All.GreaterThan(0), "every client was answered, and none got an error");
        Assert.That(rows, Does.Contain("WebShop.Data.ShopContext.get_Products").Or.Contain("WebShop.Data.ShopContext.Products"));
        Assert.That(row, Does.Contain("recording"));
        Assert.That(Queries("window.prof"), Is.Positive.And.LessThanOrEqualTo(answers.Sum() + Clients));
        Assert.That(Queries("dumped.prof"), Is.Positive);
        Assert.That(Queries("whole.prof"), Is.GreaterThanOrEqualTo(Queries("dumped.prof")));
        Assert.That(Queries("exact.prof"), Is.EqualTo(Clients));

        string Expect(params string[] words)
        {
            var said = tool.Run(words);
            Assert.That(said.Errors, Is.Empty, string.Join(' ', words));
            return said.Output;
        }

        // Each request is one.
        long Queries(string name) =>
            FlatProfile.From(ProfFile.Read(tool[name]).Recording!).Single(method => method.Name == "WebShop.Data.Catalogue.All").Calls;
    }

    static async Task<int> Ask(HttpClient client, CancellationToken enough)
    {
        var answers = 0;
        for (; !enough.IsCancellationRequested; answers++)
            await Get(client);
        return answers;
    }

    static Task<string> Get(HttpClient client) => client.GetStringAsync(new Uri("/products", UriKind.Relative));
}
