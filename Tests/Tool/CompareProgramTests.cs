using System.Xml.Linq;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary><c>diff</c> and <c>check</c> of a program into which an N+1 comes: fifteen queries for an order in place of one.</summary>
public sealed class CompareProgramTests : IDisposable
{
    const string Budget = "Shop.Repository.Load = 1 per Shop.Api.GetOrder";

    readonly ProfTool tool = new();

    public CompareProgramTests()
    {
        tool.Run("-o", "good.prof", ToolApps.Assembly("Shop"), "serve", "20");
        tool.Run("-o", "bad.prof", ToolApps.Assembly("Shop"), "serve", "20", "lazily");
        File.WriteAllText(tool["profile.budgets"], Budget + "\n");
        tool.Run("check", "good.prof", "--update");
    }

    public void Dispose() => tool.Dispose();

    [Test]
    public void The_cause_is_one_and_in_the_first_line()
    {
        var lines = tool.Run("diff", "good.prof", "bad.prof").Output.Split('\n');

        Assert.That(lines[0], Is.EqualTo("Shop.Repository.Load: 1 → 15 per Shop.Api.GetOrder (20 → 300 calls)"));
        Assert.That(lines[1], Does.StartWith("    ").And.Contain("followed in the same ratio: Shop.Query.Execute"));
        Assert.That(lines[2], Does.Match("^[0-9,]+ → [0-9,]+ calls "));
    }

    [Test]
    public void The_gate_has_one_finding_for_the_budget_and_one_for_the_lock_file()
    {
        var result = tool.Run("check", "bad.prof", "--junit", "check.xml");

        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Output, Does.StartWith($"profile.budgets(1): {Budget}: it is 15 (300 calls in 20).\n"));
        Assert.That(result.Output, Does.Contain("profile.lock: Shop.Repository.Load: 1 → 15 per Shop.Api.GetOrder (20 → 300 calls).\n")
            .And.EndsWith("2 checks: 2 findings\n"));
        Assert.That(XDocument.Load(tool["check.xml"]).Descendants("failure").Count(), Is.EqualTo(2));
    }

    [Test]
    public void Sources_of_which_all_lines_have_moved_give_no_findings()
    {
        foreach (var name in new[] { "", "Shop", "Stock" })
        {
            Directory.CreateDirectory(tool[name]);
            foreach (var file in Directory.GetFiles(Path.Combine(ToolApps.Folder, name)))
            {
                var text = File.ReadAllText(file);
                if (file.EndsWith(".cs", StringComparison.Ordinal))
                    text = "\n\n\n" + text.Replace("{\n", "{\n\n");
                File.WriteAllText(Path.Combine(tool[name], Path.GetFileName(file)), text);
            }
        }

        var run = tool.Run("-o", "moved.prof", "-m", "Shop", "serve", "20");

        Assert.That(run.ExitCode, Is.Zero, run.Errors);
        Assert.That(LineOf("moved.prof"), Is.Not.EqualTo(LineOf("good.prof")));
        Assert.That(tool.Run("check", "moved.prof"), Is.EqualTo(new ToolResult(0, "2 checks: all hold\n", "")));
        Assert.That(tool.Run("diff", "good.prof", "moved.prof").Output, Does.StartWith("No method is called more or less often "));

        int LineOf(string profile) => new Stats(tool[profile])["Api.GetOrder"].Label.Line;
    }

    [Test]
    public void Twenty_runs_are_no_false_alarm()
    {
        var runs = Enumerable.Range(0, 20).Select(i => $"run{i}.prof").ToArray();
        foreach (var run in runs)
            tool.Run("-o", run, ToolApps.Assembly("Shop"), "serve", "20");

        Assert.That(tool.Run(["check", .. runs]), Is.EqualTo(new ToolResult(0, "2 checks: all hold\n", "")));
    }
}
