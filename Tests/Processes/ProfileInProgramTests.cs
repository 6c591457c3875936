using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>What a program can do with the profile of its own process.</summary>
public class ProfileInProgramTests : ProcessTest
{
    static readonly WeaverSettings Manual = Woven with { AutoStart = false };

    [Test]
    public async Task Without_AutoStart_nothing_is_recorded_or_written()
    {
        await Run(Start("Exit", "7"), settings: Manual);

        Assert.That(Directory.GetFileSystemEntries(Folder), Is.Empty);
    }

    [Test]
    public async Task Without_AutoStart_the_program_records_what_it_wants()
    {
        var result = await Run(Start("Own", PathOf("own.prof")), settings: Manual);

        Assert.That(result.Output, Is.EqualTo("begins\nTrue\n"));
        ExpectProfile(PathOf("own.prof"),
            "Work.Do 1/1",
            "Work.Step 3/3 < Work.Do 3/3",
            "Work.Leaf 6/6 < Work.Step 6/6");
        Assert.That(Directory.GetFileSystemEntries(Folder), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_snapshot_of_the_running_program_has_what_has_ended()
    {
        var result = await Run(Start("Snapshot"));

        Assert.That(result.Output, Is.EqualTo("""
            begins
            Scenarios.Work.Do 1
            Scenarios.Work.Step 3
            Scenarios.Work.Leaf 6
            Scenarios.Work.Do 2
            Scenarios.Work.Step 6
            Scenarios.Work.Leaf 12
            Scenarios.Profiling.Print 1

            """));
        ExpectProfile(DefaultProfile,
            "Program.Main 1/1",
            "Work.Do 2/2 < Profiling.Snapshot 1/1, Program.Main 1/1",
            "Work.Step 6/6 < Work.Do 6/6",
            "Work.Leaf 12/12 < Work.Step 12/12",
            "Profiling.Snapshot 1/1 < Program.Main 1/1",
            "Profiling.Print 2/2 < Profiling.Snapshot 2/2");
    }

    [Test]
    public async Task A_profile_dumped_in_the_middle_ends_there()
    {
        var result = await Run(Start("Dump", PathOf("middle.prof")));

        string[] rows = [.. FirstWork, "Profiling.Dump 1/1 < Program.Main 1/1"];
        Assert.That(result.Output, Is.EqualTo("begins\nTrue\n"));
        ExpectProfile(PathOf("middle.prof"), rows);
        ExpectProfile(DefaultProfile, rows);
    }

    [Test]
    public async Task Disabled_and_enabled_again_the_profile_leaves_out_what_was_between()
    {
        var result = await Run(Start("Disable"));

        Assert.That(result.Output, Is.EqualTo("begins\nTrue\n"));
        ExpectProfile(DefaultProfile,
            "Program.Main 1/1",
            "Work.Do 1/1 < Program.Main 1/1",
            "Work.Step 4/4 < Work.Do 3/3",
            "Work.Leaf 8/8 < Work.Step 8/8",
            "Profiling.Disable 1/1 < Program.Main 1/1");
    }

    [Test]
    public async Task A_cleared_profile_is_not_written_over_an_older_one()
    {
        File.WriteAllText(DefaultProfile, "older");

        var result = await Run(Start("Clear"), complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain(DefaultName).And.Contain("Nothing was recorded"));
        Assert.That(File.ReadAllText(DefaultProfile), Is.EqualTo("older"));
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(1), "no live file: there is nothing in it");
    }

    [Test]
    public async Task A_second_profile_with_another_clock_is_refused_with_the_name_of_the_first()
    {
        var result = await Run(Start("Second"));

        Assert.That(result.Output, Does.Contain("automatic profile").And.Contain("another clock").And.Contain("PROFILERWEAVER=0"));
        ExpectProfile(DefaultProfile,
            "Program.Main 1/1",
            "Work.Do 2/2 < Profiling.EnableSecond 1/1, Program.Main 1/1",
            "Work.Step 6/6 < Work.Do 6/6",
            "Work.Leaf 12/12 < Work.Step 12/12",
            "Profiling.EnableSecond 1/1 < Program.Main 1/1");
    }

    [Test]
    public async Task A_second_profile_with_the_same_clock_has_a_part_of_the_first()
    {
        var result = await Run(Start("Own", PathOf("own.prof")));

        Assert.That(result.Output, Is.EqualTo("begins\nFalse\n"));
        ExpectProfile(PathOf("own.prof"),
            "Work.Do 1/1",
            "Work.Step 3/3 < Work.Do 3/3",
            "Work.Leaf 6/6 < Work.Step 6/6");
        ExpectProfile(DefaultProfile,
            "Program.Main 1/1",
            "Work.Do 3/3 < Profiling.Own 2/2, Program.Main 1/1",
            "Work.Step 9/9 < Work.Do 9/9",
            "Work.Leaf 18/18 < Work.Step 18/18",
            "Profiling.Own 1/1 < Program.Main 1/1");
    }

    [Test]
    public async Task A_run_that_ends_the_process_is_written_before_and_the_exit_code_stays()
    {
        var result = await Run(Start("RunAndExit", PathOf("run.prof")), settings: Manual);

        Assert.That(result.ExitCode, Is.EqualTo(5));
        Assert.That(CallCounts.In(PathOf("run.prof")), Has.One.StartsWith("Ending.Exit 3/1"));
        Assert.That(Directory.GetFileSystemEntries(Folder), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_run_that_ends_the_process_is_printed_before()
    {
        var result = await Run(Start("RunAndExit"), settings: Manual);

        Assert.That(result.ExitCode, Is.EqualTo(5));
        Assert.That(result.Output, Does.Contain("Ordered by: call count").And.Contain("(Scenarios.Ending.Exit)"));
    }

    [Test]
    public async Task A_run_that_throws_is_printed_before_the_exception_ends_the_process()
    {
        var result = await Run(Start("RunAndThrow"), settings: Manual);

        Assert.That(result.ExitCode, Is.Not.Zero);
        Assert.That(result.Output, Does.Contain("Ordered by: call count").And.Contain("(Scenarios.Ending.Throw)"));
        Assert.That(result.OwnErrors, Does.Contain("Unhandled exception"));
    }
}
