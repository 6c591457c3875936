using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using ProfilerWeaver.Tests.Processes;
using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Tool;
using RunningProgram = ProfilerWeaver.Tests.Support.RunningProgram;

namespace ProfilerWeaver.Tests.CommandLineTool;

/// <summary><c>dotnet prof top</c>: what a running program has called, without anything done to it.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class TopTests : ServingProgramTest
{
    // The program works once before it serves.
    [Test]
    public async Task The_rows_of_a_program_come_from_its_live_file()
    {
        var program = await Serve(isAsleep: false);
        await Work(program, 5);

        var byNumber = Rows(Tool.Run("top", $"{program.ProcessId}", "--once", "--interval", "1ms", "--format", "json"));
        var byFile = Rows(Tool.Run(
            "top", DefaultProfile + ".live", "--once", "--interval", "1ms", "--format", "json", "--filter", "WORK.", "-s", "name"));
        var table = Tool.Run("top", "Scenarios.Endings", "--once", "--interval", "1ms", "--filter", "Work.Leaf").Output;
        await program.End();

        Assert.That(byNumber["Work.Do"], Is.EqualTo((0, 6)));
        Assert.That(byNumber["Work.Leaf"], Is.EqualTo((0, 36)));
        Assert.That(byFile, Is.EqualTo(
            new Dictionary<string, (long, long)> { ["Work.Do"] = (0, 6), ["Work.Leaf"] = (0, 36), ["Work.Step"] = (0, 18) }));
        Assert.That(table, Does.Match(
            @"^calls/s +self +share +calls +total +function\n +0 +0 s +0\.0 ?% +36 +\S+ \S+ +.*\(.*Work\.Leaf\)\n$"));
    }

    [Test]
    public async Task A_program_that_was_told_to_record_is_asked()
    {
        var program = await Serve(isAsleep: true);
        Tool.Run("start", $"{program.ProcessId}", "--no-builtins", "-o", PathOf("started.prof"));
        var before = Rows(Tool.Run("top", $"{program.ProcessId}", "--once", "--interval", "1ms", "--format", "json"));
        await Work(program, 2);

        var rows = Rows(Tool.Run("top", $"{program.ProcessId}", "--once", "--interval", "1ms", "--format", "json"));
        Tool.Run("stop", $"{program.ProcessId}");
        await program.End();

        Assert.That(before, Is.Empty);
        Assert.That(rows["Work.Step"], Is.EqualTo((0, 6)));
        Assert.That(CallCounts.In(PathOf("started.prof")), Has.Some.StartsWith("Work.Step 6/6"));
    }

    [Test]
    public async Task What_cannot_be_watched_is_said()
    {
        var program = await Serve(isAsleep: true);

        var asleep = Tool.Run("top", $"{program.ProcessId}", "--once").Errors;
        var gone = Tool.Run("top", PathOf("no.prof.live"), "--once").Errors;
        var piped = Tool.Run("top", $"{program.ProcessId}");
        await program.End();

        Assert.That(asleep, Is.EqualTo(
            $"dotnet-prof: error: Scenarios.Endings ({program.ProcessId}): it is asleep; dotnet prof start {program.ProcessId} makes it record.\n"));
        Assert.That(gone, Does.Contain("no.prof.live does not exist"));
        Assert.That(piped.Errors, Is.EqualTo("dotnet-prof: error: top needs a terminal; --once prints the rows of one interval.\n"));
        Assert.That(piped.ExitCode, Is.EqualTo(2));
    }

    [Test]
    public async Task At_a_terminal_keys_choose_what_is_shown()
    {
        var program = await Serve(isAsleep: false);
        await Work(program, 5);

        var (exitCode, shown) = PseudoTerminal.Run(Tool, 100, ["top", DefaultProfile + ".live", "--interval", "10ms"],
            ("sorted by self", "s"), ("sorted by calls", "/"), ("filter: _", "leaf\r"), ("filter: leaf", "f"), ("frozen", "w"),
            ("The profile is", "q"));
        await program.End();

        Assert.That(exitCode, Is.Zero, shown);
        Assert.That(shown, Does.Contain("Work.Leaf"));
        var saved = Directory.GetFiles(Tool.Folder, "Scenarios.Endings-*.prof").Single();
        Assert.That(CallCounts.In(saved), Has.Some.StartsWith("Work.Leaf 36/36"));
    }

    [TestCase(4, 1000)]
    [TestCase(80, 2000)]
    public void Rows_are_renewed_less_often_if_reading_takes_long(int reading, int expected) =>
        Assert.That(LiveScreen.PauseAfter(TimeSpan.FromMilliseconds(reading), TimeSpan.FromSeconds(1)), Is.EqualTo(TimeSpan.FromMilliseconds(expected)));

    [Test]
    public void An_interval_is_the_difference_of_two_readings()
    {
        var (before, now) = (Read((3, 0.5), null), Read((10, 0.8), (4, 0.1)));

        var rows = LiveInterval.Between(before, now).Rows.ToDictionary(row => row.Label.Name);

        Assert.That(rows["Old"].Calls, Is.EqualTo(7));
        Assert.That(rows["Old"].Self, Is.EqualTo(0.3).Within(1e-9));
        Assert.That(rows["Old"].Share, Is.EqualTo(0.75).Within(1e-9));
        Assert.That(rows["Old"].All.Calls, Is.EqualTo(10));
        Assert.That(rows["New"].Calls, Is.EqualTo(4));
        Assert.That(rows["New"].Share, Is.EqualTo(0.25).Within(1e-9));
    }

    static Reading Read((int Calls, double Self)? old, (int Calls, double Self)? added)
    {
        var tree = new CallTreeBuilder();
        foreach (var (method, figures) in new[] { (0, old), (1, added) })
        {
            if (figures is not { } given)
                continue;
            tree.Enter(method, given.Calls, (long)Math.Round(given.Self * 1000), (long)Math.Round(given.Self * 1000));
            tree.Leave();
        }
        return Reading.Of(new ProfileData
        {
            Methods = [new("a.cs", 1, "Old"), new("a.cs", 2, "New")],
            Threads = [new(1, "", tree.Build())],
            SecondsPerTick = 0.001,
        });
    }

    static Dictionary<string, (long, long)> Rows(ToolResult result)
    {
        Assert.That(result.ExitCode, Is.Zero, result.Errors);
        return JsonNode.Parse(result.Output)!["rows"]!.AsArray().ToDictionary(
            row => string.Join('.', ((string)row!["function"]!).Split('.').TakeLast(2)),
            row => ((long)row!["calls"]!, (long)row["allCalls"]!));
    }
}
