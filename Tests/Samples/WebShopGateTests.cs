using System.Net.Http;
using System.Text.Json.Nodes;
using System.Xml.Linq;
using Json.Schema;
using ProfilerWeaver.Tests.CommandLineTool;
using ProfilerWeaver.Tests.Consumers;
using ProfilerWeaver.Tests.Gates;

namespace ProfilerWeaver.Tests.Samples;

/// <summary>The seeded mistake of Samples/WebShop, as <c>dotnet prof diff</c> and <c>check</c> tell of it.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public sealed class WebShopGateTests : IDisposable
{
    const string Budget = "WebShop.Data.ShopContext.Lines = 1 per WebShop.Routes.OrderRoutes.Find";
    const string Lock = "calls.lock";

    // 20 takes a minute.
    static readonly int Repetitions = int.TryParse(Environment.GetEnvironmentVariable("PROFILERWEAVER_REPETITIONS"), out var count) ? count : 1;

    static readonly string Program = Path.Combine(PackageFeed.Repository, "Samples", "WebShop", "bin",
        Path.GetFileName(Path.GetDirectoryName(TestContext.CurrentContext.TestDirectory))!, "net10.0", "WebShop.dll");

    readonly ProfTool tool = new();

    public void Dispose() => tool.Dispose();

    [OneTimeSetUp]
    public async Task Begin()
    {
        await Run(Program, "base.prof");
        File.WriteAllText(tool["profile.budgets"], Budget + "\n");
        tool.Environment["GITHUB_STEP_SUMMARY"] = tool["summary.md"];
        Assert.That(tool.Run("check", "base.prof", "--update", "--lock", Lock).ExitCode, Is.Zero);
    }

    [Test]
    public async Task The_cause_comes_first_and_is_one_finding()
    {
        await Run(Program, "bad.prof", "--n-plus-one");
        Assert.That(tool.Run("diff", "base.prof", "bad.prof").Output,
            Does.StartWith("WebShop.Data.OrderBook.Line: 0 → 3 per WebShop.Data.OrderBook.Lines (0 → 15 calls)\n"));

        var check = tool.Run("check", "bad.prof", "--github", "--junit", "check.xml", "--sarif", "check.sarif");
        Assert.That(check.ExitCode, Is.EqualTo(3), check.Errors);
        Assert.That(File.ReadAllText(tool["summary.md"]), Does.StartWith("### dotnet prof check: 1 check: 1 finding\n").And.Contain(Budget + ": it is 4 (20 calls in 5)"));
        var junit = XDocument.Load(tool["check.xml"]);
        Assert.That(JUnitSchema.ErrorsOf(junit), Is.Empty);
        Assert.That(junit.Descendants("failure").Count(), Is.EqualTo(1));
        var sarif = JsonNode.Parse(File.ReadAllText(tool["check.sarif"]))!;
        Assert.That(JsonSchema.FromFile(Path.Combine(PackageFeed.Repository, "Tests", "Gates", "sarif-2.1.0.json")).Evaluate(sarif).IsValid);
        Assert.That(sarif["runs"]![0]!["results"]!.AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Runs_that_are_the_same_have_no_findings()
    {
        for (var i = 0; i < Repetitions; i++)
            await ExpectNoFindings(Program, "again.prof");
    }

    [Test]
    public Task Sources_that_are_reformatted_have_no_findings() =>
        ExpectNoFindings(ReformattedWebShop.Make(Path.GetDirectoryName(Program)!, tool["reformatted"]), "reformatted.prof");

    async Task ExpectNoFindings(string program, string output)
    {
        await Run(program, output);
        var check = tool.Run("check", output, "--lock", Lock);
        Assert.That(check.ExitCode, Is.Zero, check.Output);
        Assert.That(check.Output, Does.EndWith("2 checks: all hold\n"));
        Assert.That(tool.Run("diff", "base.prof", output).Output, Does.StartWith("No method is called more or less often per call of its caller.\n"));
    }

    // Calls of the framework depend on what else it does at the moment.
    async Task Run(string program, string output, params string[] arguments)
    {
        using var running = tool.Begin(["--no-builtins", "--clock", "none", "-o", output, program, "--urls", "http://127.0.0.1:0", .. arguments]);
        var line = running.WaitFor("Now listening on:");
        using var client = new HttpClient { BaseAddress = new(line[line.IndexOf("http", StringComparison.Ordinal)..]) };
        for (var order = 1; order <= 5; order++)
            await client.GetStringAsync(new Uri($"/orders/{order}", UriKind.Relative));
        running.Signal("TERM");
        var result = running.End();
        Assert.That(result.Errors, Does.EndWith(tool.Saved(output)));
    }
}
