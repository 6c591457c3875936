using System.Text.Json;
using ProfilerWeaver.Tests.Differences;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary><c>dotnet prof diff</c>.</summary>
public sealed class DiffTests : IDisposable
{
    readonly ProfTool tool = new();

    public DiffTests()
    {
        ProfFile.Write(DifferenceTests.Shop(queries: 1), tool["before.prof"]);
        ProfFile.Write(DifferenceTests.Shop(queries: 15), tool["after.prof"]);
    }

    public void Dispose() => tool.Dispose();

    [Test]
    public void The_first_line_is_the_cause_and_one_run_is_no_verdict_of_times()
    {
        var result = tool.Run("diff", "before.prof", "after.prof");

        Assert.That(result, Is.EqualTo(new ToolResult(0, """
            Shop.Repository.Load: 1 → 15 per Shop.Api.GetOrder (50 → 750 calls)
                2 methods below it followed in the same ratio: Shop.Row.Read, {Db.Command.Execute}
            301 → 3,801 calls (+1162.8 %) in 5 methods; 1 run → 1 run

            self before  self now     change      p  method
                150.0 s    2250 s  +1400.0 %  1 run  Shop.Row.Read
                50.00 s   750.0 s  +1400.0 %  1 run  Shop.Repository.Load
                50.00 s   750.0 s  +1400.0 %  1 run  {Db.Command.Execute}
            1 run says nothing of the next: these times may differ by chance. Give several files: --base A --base B NEW...

            """, "")));
    }

    [Test]
    public void Equal_profiles_have_no_difference()
    {
        var result = tool.Run("diff", "before.prof", "before.prof");

        Assert.That(result.Output, Is.EqualTo(
            "No method is called more or less often per call of its caller.\n301 → 301 calls (0.0 %) in 5 methods; 1 run → 1 run\n"));
    }

    [Test]
    public void Several_runs_of_a_side_are_tested()
    {
        var result = tool.Run("diff", "--base", "before.prof", "--base", "before.prof", "--base", "before.prof", "--base", "before.prof",
            "after.prof", "after.prof", "after.prof", "after.prof", "-n", "1");

        Assert.That(result.Output, Does.StartWith("Shop.Repository.Load: 1 → 15 per Shop.Api.GetOrder (50 → 750 calls)\n")
            .And.Contains("4 runs → 4 runs").And.Contains("  0.029  Shop.Row.Read\n... and 2 more. Medians of 4 and 4 runs"));
    }

    [Test]
    public void Markdown_is_a_table_of_causes()
    {
        var output = tool.Run("diff", "before.prof", "after.prof", "--format", "markdown").Output;

        Assert.That(output, Does.StartWith("""
            | method | before | now | per call of | calls |
            | --- | ---: | ---: | --- | ---: |
            | Shop.Repository.Load | 1 | 15 | Shop.Api.GetOrder | 50 → 750 |

            - With Shop.Repository.Load: 2 methods below it followed in the same ratio:
            """));
    }

    [Test]
    public void Json_has_all_methods_and_the_causes()
    {
        using var json = JsonDocument.Parse(tool.Run("diff", "before.prof", "after.prof", "--format", "json").Output);

        var cause = json.RootElement.GetProperty("causes").EnumerateArray().Single();
        Assert.That(cause.GetProperty("method").GetString(), Is.EqualTo("Shop.Repository.Load"));
        Assert.That(cause.GetProperty("after").GetInt64(), Is.EqualTo(750));
        Assert.That(json.RootElement.GetProperty("methods").EnumerateArray().Select(method => method.GetProperty("name").GetString()), Is.EqualTo(
            ["Shop.Api.GetOrder", "Shop.Program.Main", "Shop.Repository.Load", "Shop.Row.Read", "{Db.Command.Execute}"]));
    }

    [Test]
    public void What_comes_out_of_a_file_is_escaped()
    {
        ProfFile.Write(new TreeText().Add(1, "a|b\u001b[31m").Build(), tool["odd.prof"]);

        Assert.That(tool.Run("diff", "before.prof", "odd.prof").Output, Does.Not.Contain("\u001b").And.Contains("a|b"));
        Assert.That(tool.Run("diff", "before.prof", "odd.prof", "--format", "markdown").Output, Does.Contain(@"a\|b\\u001B\[31m"));
    }

    [TestCase(2, "There is nothing to compare before.prof with: name a second profile, or give --base FILE.", "before.prof")]
    [TestCase(1, "no.prof does not exist.", "before.prof", "no.prof")]
    [TestCase(2, "option --rows: expected a number of at least 1, not 0.", "before.prof", "after.prof", "-n", "0")]
    public void Errors(int exitCode, string reason, params string[] arguments)
    {
        var result = tool.Run(["diff", .. arguments]);

        Assert.That(result.Errors, Does.StartWith("dotnet-prof: error: " + reason));
        Assert.That(result.ExitCode, Is.EqualTo(exitCode));
    }
}
