using System.Text.Json.Nodes;
using System.Xml.Linq;
using Json.Schema;
using ProfilerWeaver.Tests.Consumers;
using ProfilerWeaver.Tests.Differences;
using ProfilerWeaver.Tests.Gates;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary><c>dotnet prof check</c>.</summary>
public sealed class CheckTests : IDisposable
{
    const string Budget = "Shop.Repository.Load = 1 per Shop.Api.GetOrder";
    const string Reason = Budget + ": it is 15 (750 calls in 50).";

    readonly ProfTool tool = new();

    public CheckTests()
    {
        ProfFile.Write(DifferenceTests.Shop(queries: 1), tool["good.prof"]);
        ProfFile.Write(DifferenceTests.Shop(queries: 15), tool["bad.prof"]);
    }

    public void Dispose() => tool.Dispose();

    [Test]
    public void A_budget_that_does_not_hold_ends_it_with_3_and_the_calls_that_are_too_many()
    {
        File.WriteAllText(tool["profile.budgets"], "# Queries\n" + Budget + "\n");

        Assert.That(tool.Run("check", "good.prof"), Is.EqualTo(new ToolResult(0, "1 check: all hold\n", "")));
        Assert.That(tool.Run("check", "bad.prof"), Is.EqualTo(new ToolResult(3, $"""
            profile.budgets(2): {Reason}
                50× Shop.Api.GetOrder
                  750× Shop.Repository.Load  <--
            1 check: 1 finding

            """, "")));
    }

    [Test]
    public void The_lock_file_is_written_compared_with_and_written_anew()
    {
        Assert.That(tool.Run("check", "good.prof", "--update"), Is.EqualTo(
            new ToolResult(0, "1 check: all hold\n", "dotnet-prof: profile.lock has the calls of 5 methods\n")));
        Assert.That(tool.Run("check", "good.prof").ExitCode, Is.Zero);
        Assert.That(tool.Run("check", "bad.prof"), Is.EqualTo(new ToolResult(3, """
            profile.lock: Shop.Repository.Load: 1 → 15 per Shop.Api.GetOrder (50 → 750 calls).
                2 methods below it followed in the same ratio: Shop.Row.Read, {Db.Command.Execute}
            1 check: 1 finding

            """, "")));
        Assert.That(tool.Run("check", "bad.prof", "--update").ExitCode, Is.Zero);
        Assert.That(tool.Run("check", "good.prof").ExitCode, Is.EqualTo(3));
    }

    [Test]
    public void A_damaged_lock_file_is_written_anew()
    {
        File.WriteAllText(tool["profile.lock"], "<<<<<<< HEAD\n");

        var result = tool.Run("check", "good.prof", "--update");

        Assert.That(result.Errors, Does.Match(@"^dotnet-prof: warning: methods that were marked with ~ are not known any more: profile\.lock.*\n.*has the calls of 5 methods\n$"));
        Assert.That(tool.Run("check", "good.prof"), Is.EqualTo(new ToolResult(0, "1 check: all hold\n", "")));
    }

    [Test]
    public void What_differs_between_runs_is_learned_and_stays_so()
    {
        var learned = tool.Run("check", "--learn", "2", "good.prof", "bad.prof");

        Assert.That(learned.Errors, Is.EqualTo("dotnet-prof: profile.lock has the calls of 5 methods, 3 of them unstable\n"));
        Assert.That(File.ReadAllText(tool["profile.lock"]), Does.Contain("\nShop.Repository.Load\t~\n"));
        Assert.That(tool.Run("check", "good.prof", "bad.prof").ExitCode, Is.Zero);
        tool.Run("check", "good.prof", "--update");
        Assert.That(File.ReadAllText(tool["profile.lock"]), Does.Contain("\nShop.Repository.Load\t~\n"));
    }

    [Test]
    public void Twenty_runs_give_no_false_alarm()
    {
        File.WriteAllText(tool["profile.budgets"], Budget);
        tool.Run("check", "good.prof", "--update");

        Assert.That(tool.Run(["check", .. Enumerable.Repeat("good.prof", 20)]).ExitCode, Is.Zero);
    }

    [Test]
    public void GitHub_has_at_most_ten_annotations_and_a_summary()
    {
        File.WriteAllLines(tool["profile.budgets"], [Budget, .. Enumerable.Range(1, 14).Select(i => $"Shop.Row.Read = {i}")]);
        tool.Environment["GITHUB_STEP_SUMMARY"] = tool["summary.md"];

        var result = tool.Run("check", "bad.prof", "--github");

        var annotations = result.Output.Split('\n').Where(line => line.StartsWith("::", StringComparison.Ordinal)).ToArray();
        Assert.That(annotations, Has.Length.EqualTo(10));
        // The profile's a.cs is below the current folder, as far as its relative path tells.
        Assert.That(annotations[0], Is.EqualTo($"::error file=a.cs,line=2,title=dotnet prof check::{Reason}%0A" +
            "50× Shop.Api.GetOrder%0A  750× Shop.Repository.Load  <--"));
        Assert.That(File.ReadAllText(tool["summary.md"]), Does.StartWith("### dotnet prof check: 15 checks: 15 findings\n\n- Shop.Repository.Load = 1 per"));
    }

    [Test]
    public void JUnit_has_a_test_for_each_budget_and_one_for_the_lock_file()
    {
        File.WriteAllText(tool["profile.budgets"], Budget + "\nShop.Program.Main = 1\n");
        tool.Run("check", "good.prof", "--update");

        Assert.That(tool.Run("check", "bad.prof", "--junit", "check.xml").ExitCode, Is.EqualTo(3));

        var suite = XDocument.Load(tool["check.xml"]).Root!.Elements("testsuite").Single();
        Assert.That(suite.Elements("testcase").Select(test => ((string?)test.Attribute("classname"), (string?)test.Attribute("name"), test.Elements("failure").Count())),
            Is.EqualTo([("profile.budgets", Budget, 1), ("profile.budgets", "Shop.Program.Main = 1", 0), ("profile.lock", "calls", 1)]));
        Assert.That(suite.Descendants("failure").First().Value, Is.EqualTo($"{Reason}\n50× Shop.Api.GetOrder\n  750× Shop.Repository.Load  <--"));
        Assert.That((string?)suite.Attribute("tests"), Is.EqualTo("3"));
        Assert.That((string?)suite.Attribute("failures"), Is.EqualTo("2"));
        Assert.That(JUnitSchema.ErrorsOf(suite.Document!), Is.Empty);
        suite.Element("testcase")!.Attribute("classname")!.Remove();
        Assert.That(JUnitSchema.ErrorsOf(suite.Document!), Is.Not.Empty, "the schema asks for a class");
    }

    [TestCase("good.prof", 0)]
    [TestCase("bad.prof", 2)]
    public void Sarif_is_valid(string profile, int results)
    {
        File.WriteAllText(tool["profile.budgets"], Budget);
        tool.Run("check", "good.prof", "--update");
        tool.Run("check", profile, "--sarif", "check.sarif");

        var sarif = JsonNode.Parse(File.ReadAllText(tool["check.sarif"]))!;
        var schema = JsonSchema.FromFile(Path.Combine(PackageFeed.Repository, "Tests", "Gates", "sarif-2.1.0.json"));
        var validity = schema.Evaluate(sarif, new() { OutputFormat = OutputFormat.List });
        Assert.That(validity.IsValid, string.Join('\n', validity.Details.Where(detail => detail.HasErrors)
            .SelectMany(detail => detail.Errors!.Select(error => $"{detail.InstanceLocation}: {error.Value}"))));
        sarif["runs"]![0]!["tool"]!.AsObject().Remove("driver");
        Assert.That(schema.Evaluate(sarif).IsValid, Is.False, "the schema asks for a driver");
        var found = sarif["runs"]![0]!["results"]!.AsArray();
        Assert.That(found, Has.Count.EqualTo(results));
        if (results > 0)
        {
            Assert.That((string?)found[0]!["ruleId"], Is.EqualTo("budget"));
            Assert.That((string?)found[0]!["locations"]![0]!["physicalLocation"]!["artifactLocation"]!["uri"], Is.EqualTo("a.cs"));
            Assert.That((string?)found[1]!["ruleId"], Is.EqualTo("lock"));
        }
    }

    [TestCase(2, "There is nothing to check: neither profile.budgets nor profile.lock is here.", "good.prof")]
    [TestCase(1, "no.budgets does not exist.", "good.prof", "--budgets", "no.budgets")]
    [TestCase(1, "bad.budgets(1): 'Load': it is no budget. Expected for example", "good.prof", "--budgets", "bad.budgets")]
    [TestCase(1, "no.prof does not exist.", "no.prof")]
    [TestCase(2, "--learn 3 needs 3 profiles of the same program, and here is 1.", "good.prof", "--learn", "3")]
    [TestCase(2, "option --learn: expected a number of at least 2, not 1.", "good.prof", "--learn", "1")]
    public void Errors(int exitCode, string reason, params string[] arguments)
    {
        File.WriteAllText(tool["bad.budgets"], "Load");

        var result = tool.Run(["check", .. arguments]);

        Assert.That(result.Errors, Does.StartWith("dotnet-prof: error: " + reason));
        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
    }
}
