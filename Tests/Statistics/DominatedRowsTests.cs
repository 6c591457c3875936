using System.Text.Json;
using ProfilerWeaver.Tests.CommandLineTool;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Statistics;

/// <summary>Rows whose own time is mostly what recording added are marked wherever they are shown.</summary>
public sealed class DominatedRowsTests : IDisposable
{
    readonly TemporaryFolder folder = new();
    readonly ProfTool tool = new();

    public void Dispose()
    {
        tool.Dispose();
        folder.Dispose();
    }

    // Calls of Short and of <External> measure the least that can be measured: 0.75 of each second goes. Main loses 2.7 of its 5
    // seconds, its part in recording all calls.
    static ProfileData Profile => new()
    {
        Methods = [new("A.cs", 1, "Main"), new("A.cs", 2, "Short"), new("A.cs", 3, "Long"), new("~", 0, "<External>")],
        Threads =
        [
            new(1, "", Node(-1, 0, 0, Node(0, 1, 5_000, Node(1, 100, 1_000), Node(2, 10, 30_000), Node(3, 100, 1_000))).ToTree()),
        ],
        SecondsPerTick = 0.001,
        Overhead = new(CallTicks: 20, LeastTicks: 10),
    };

    [Test]
    public void A_row_is_one_if_at_least_half_of_what_was_measured_was_taken_off()
    {
        var rows = FlatProfile.From(Profile).ToDictionary(row => row.Name);

        Assert.That(rows.Values.Where(row => row.IsDominated).Select(row => row.Name), Is.EquivalentTo(new[] { "Main", "Short", "<External>" }));
        Assert.That(rows["Short"].TotalTime + rows["Short"].Figures.RecordingTime, Is.EqualTo(1).Within(1e-9));
        Assert.That(rows["Short"].Callers.Single().Value.IsDominated, Is.True);
        Assert.That(rows["Long"].Figures.RecordingTime, Is.Zero);
    }

    [TestCase(0.4, 0.6, true)]
    [TestCase(0.5, 0.5, true)]
    [TestCase(0.6, 0.4, false)]
    [TestCase(0, 0, false)]
    public void Half_is_enough(double left, double taken, bool isDominated) =>
        Assert.That(new Figures(1, 1, left, left) { RecordingTime = taken }.IsDominated, Is.EqualTo(isDominated));

    [Test]
    public void Contexts_and_sums_know_it_too()
    {
        var stats = new Stats(Profile).Add(Profile);

        Assert.That(stats["Short"].IsDominated && !stats["Long"].IsDominated, Is.True);
        Assert.That(stats.Contexts.Where(context => context.Figures.IsDominated).Select(context => context.Name),
            Is.EquivalentTo(new[] { "Main", "Short", "<External>" }));
    }

    [Test]
    public void A_file_knows_it_and_raw_times_are_not_marked()
    {
        Assert.That(new Stats(File(Profile))["Short"].IsDominated, Is.True);
        Assert.That(new Stats(File(Profile with { Compensate = false })).Select(row => row.IsDominated), Is.All.False);
    }

    [Test]
    public void The_text_of_pstats_shows_it_only_if_asked()
    {
        var stats = new Stats(Profile).SortStats("name");
        var plain = Print(stats);
        stats.Options = new() { MarkDominated = true };

        Assert.That(plain, Does.Not.Contain("~0").And.Contain("    100    0.250"));
        Assert.That(Print(stats), Is.EqualTo(plain
            .Replace("   Ordered by: function name\n", "   Ordered by: function name\n" +
                "   ~ 3 rows are mostly what recording adds: take --clock sampled, --no-trivial or --no-builtins\n")
            .Replace("100    0.250", "100   ~0.250").Replace("1    2.300", "1   ~2.300")));
    }

    [Test]
    public void Programs_are_told()
    {
        var file = File(Profile);
        using var json = JsonDocument.Parse(tool.Run("stats", file, "--format", "json").Output);
        var methods = json.RootElement.GetProperty("methods").EnumerateArray()
            .ToDictionary(method => method.GetProperty("name").GetString()!, method => method.GetProperty("dominated").GetBoolean());

        Assert.That(methods["Short"], Is.True);
        Assert.That(methods["Long"], Is.False);
        var table = tool.Run("stats", file, "--format", "csv").Output.Split("\r\n");
        Assert.That(table[0], Is.EqualTo("ncalls,pcalls,tottime,cumtime,dominated,file,line,name"));
        Assert.That(table, Has.One.EqualTo("100,100,0.25,0.25,true,A.cs,2,Short").And.One.EqualTo("10,10,30,30,false,A.cs,3,Long"));
    }

    [Test]
    public void People_see_a_mark_and_are_told_what_to_do()
    {
        const string Note = "~ 3 rows are mostly what recording adds: take --clock sampled, --no-trivial or --no-builtins";
        var file = File(Profile);

        Assert.That(tool.Run("stats", file, "--format", "markdown").Output,
            Does.Contain(@"| 100 | 100 | \~0.250 | 0.250 | A.cs | 2 | Short |").And.Contain("| 10 | 10 | 30.000 | 30.000 | A.cs | 3 | Long |"));
        Assert.That(tool.Run("stats", file).Output, Does.EndWith($"\n{Note}\n"));
        Assert.That(tool.Run("stats", file, "-n", "all").Output, Does.Not.Contain(Note), "the text of pstats");
        var (_, table) = PseudoTerminal.Run(tool, 100, ["stats", file]);
        Assert.That(PseudoTerminal.Lines(table), Has.One.Match(@"^ +100 +~250\.0 ms .*Short\)$").And.One.Match(@"^ +10 +30\.00 s .*Long\)$").And.One.EqualTo(Note));
        Assert.That(table, Does.Match(@"\e\[2m~250\.0 ms"), "dimmed");
        var (_, tree) = PseudoTerminal.Run(tool, 100, ["stats", file, "--tree", "--min-percent", "0"]);
        Assert.That(PseudoTerminal.Lines(tree), Has.One.Match("100× ~Short").And.One.Match("10× Long").And.One.EqualTo(Note));
    }

    string File(ProfileData profile)
    {
        var path = folder.File("dominated.prof");
        ProfFile.Write(profile, path);
        return path;
    }

    static string Print(Stats stats)
    {
        using var writer = new StringWriter { NewLine = "\n" };
        stats.PrintStats(writer);
        return writer.ToString();
    }

    static TestNode Node(int method, long calls, long self, params TestNode[] children) => new()
    {
        Method = method,
        Calls = calls,
        SelfTicks = self,
        CumulativeTicks = self + children.Sum(child => child.CumulativeTicks),
        Children = children,
    };
}
