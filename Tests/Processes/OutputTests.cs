using System.Globalization;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>Where the profile of a process is written.</summary>
public class OutputTests : ProcessTest
{
    [Test]
    public async Task Placeholders_stand_for_the_program_the_process_and_the_time()
    {
        var before = DateTime.Now.AddSeconds(-1);
        var result = await RunUndisturbed(
            Start("Return", "0") with { Environment = Output("{name}+{pid}+{time}.prof") });

        var path = Directory.GetFiles(Folder).Single();
        var parts = Path.GetFileNameWithoutExtension(path).Split('+');
        Assert.That(parts[0], Is.EqualTo("Scenarios.Endings"));
        Assert.That(parts[1], Is.EqualTo(result.ProcessId.ToString(CultureInfo.InvariantCulture)));
        Assert.That(DateTime.ParseExact(parts[2], "yyyyMMdd-HHmmss", CultureInfo.InvariantCulture),
            Is.InRange(before, DateTime.Now));
        ExpectProfile(path, FirstWork);
    }

    // 255 bytes are the most. Beside the profile there is a live file, with five more.
    [TestCase(244, 0)]
    [TestCase(250, 0)]
    [TestCase(251, 1)]
    [TestCase(255, 1)]
    public async Task P5_A_profile_may_have_the_longest_name_there_is(int length, int complaints)
    {
        var name = new string('n', length - 5) + ".prof";

        var result = await RunUndisturbed(Start("Return", "0") with { Environment = Output(name) }, complaints);

        ExpectProfile(PathOf(name), FirstWork);
        Assert.That(result.Complaints, complaints == 0 ? Is.Empty : Has.One.Contains("is kept in memory"));
    }

    [Test]
    public void P5_The_name_of_another_process_has_room_for_a_live_file()
    {
        var path = Path.Combine(Folder, new string('\u00FC', 60) + string.Concat(Enumerable.Repeat("\U0001F600", 32)) + ".prof");

        var own = Path.GetFileName(ProfilePath.OfProcess(path, 4_194_304));

        Assert.That(own, Does.StartWith("\u00FC").And.EndWith("\U0001F600-4194304.prof"));
        Assert.That(System.Text.Encoding.UTF8.GetByteCount(own + ".live"), Is.InRange(240, 255));
        Assert.That(own, Does.StartWith(ProfilePath.BeginningOfOthers(path)));
    }

    [Test]
    public async Task A_relative_output_belongs_to_the_directory_at_the_start()
    {
        Directory.CreateDirectory(PathOf("elsewhere"));

        await RunUndisturbed(Start("ChangeDirectory", PathOf("elsewhere")));

        ExpectProfile(DefaultProfile, [.. FirstWork, "Surroundings.ChangeDirectory 1/1 < Program.Main 1/1"]);
        Assert.That(Directory.GetFileSystemEntries(PathOf("elsewhere")), Is.Empty);
    }

    [Test]
    public async Task The_output_that_was_woven_in_makes_the_folders_it_needs()
    {
        await Run(Start("Return", "0"), settings: Woven with { Output = "new/deep/{name}.prof" });

        ExpectProfile(Path.Combine(Folder, "new", "deep", DefaultName), FirstWork);
    }

    [Test]
    public async Task The_environment_overrides_the_output_that_was_woven_in()
    {
        await Run(
            Start("Return", "0") with { Environment = Output("mine.prof") },
            settings: Woven with { Output = "other.prof" });

        ExpectProfile(PathOf("mine.prof"), FirstWork);
        Assert.That(Directory.GetFileSystemEntries(Folder), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_second_process_with_the_same_output_takes_a_name_of_its_own()
    {
        var program = WovenProgram.With(Woven);
        var first = program.Begin(Start("Wait"));
        await first.ReadLine();
        Assert.That(await first.ReadLine(), Is.EqualTo("waits"));
        var second = await Run(Start("Exit", "1"));
        ExpectProfile(PathOf($"Scenarios.Endings-{second.ProcessId}.prof"),
            [.. FirstWork, "Ending.Exit 4/1 < Ending.Exit 3/1, Program.Main 1/1"]);

        var result = await first.End();

        Assert.That(result.Errors, Is.Empty);
        ExpectProfile(DefaultProfile, [.. FirstWork, "Surroundings.WaitForInput 1/1 < Program.Main 1/1"]);
    }

    [Test]
    public async Task Many_processes_with_the_same_output_lose_nothing()
    {
        var results = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Run(Start("Return", "0"))));

        var files = Directory.GetFiles(Folder);
        Assert.That(files, Has.Some.EqualTo(DefaultProfile));
        foreach (var file in files)
            ExpectProfile(file, FirstWork);
        var names = results.Select(result => PathOf($"Scenarios.Endings-{result.ProcessId}.prof"));
        Assert.That(names.Append(DefaultProfile), Is.SupersetOf(files));
    }

    [Test]
    public async Task An_older_profile_is_replaced()
    {
        File.WriteAllText(DefaultProfile, "older, and longer than nothing");

        await RunUndisturbed(Start("Return", "0"));

        ExpectProfile(DefaultProfile, FirstWork);
    }

    [Test]
    public async Task Switched_off_by_the_environment_nothing_is_written()
    {
        await RunUndisturbed(Start("Return", "0") with { Environment = Variables(("PROFILERWEAVER", "0")) });

        Assert.That(Directory.GetFileSystemEntries(Folder), Is.Empty);
    }

    [Test]
    public async Task Switched_on_by_the_environment_a_program_without_AutoStart_is_recorded()
    {
        await Run(Start("Return", "0") with { Environment = Variables(("PROFILERWEAVER", "1")) },
            settings: Woven with { AutoStart = false });

        ExpectProfile(DefaultProfile, FirstWork);
    }

    [Test]
    public async Task A_switch_that_is_not_known_is_named_and_changes_nothing()
    {
        var result = await RunUndisturbed(
            Start("Return", "0") with { Environment = Variables(("PROFILERWEAVER", "nonsense")) }, complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain("PROFILERWEAVER=nonsense").And.Contain("expected 0"));
        ExpectProfile(DefaultProfile, FirstWork);
    }

    [Test]
    public async Task A_placeholder_that_is_not_known_is_named_and_the_program_runs_on()
    {
        var result = await RunUndisturbed(
            Start("Exit", "7") with { Environment = Output("{host}.prof") }, complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain("{host}").And.Contain("{name}"));
        Assert.That(Directory.GetFileSystemEntries(Folder), Is.Empty);
    }

    [Test]
    public async Task An_output_that_is_a_folder_is_named_at_once()
    {
        Directory.CreateDirectory(PathOf("profiles"));

        var result = await RunUndisturbed(
            Start("Kill") with { Environment = Output("profiles") }, complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain(PathOf("profiles")).And.Contain("folder"));
        Assert.That(Directory.GetFiles(Folder), Is.Empty);
    }

    static Dictionary<string, string> Output(string value) => Variables(("PROFILERWEAVER_OUTPUT", value));

    static Dictionary<string, string> Variables(params (string Name, string Value)[] variables) =>
        variables.ToDictionary(variable => variable.Name, variable => variable.Value);

    [Test]
    public void P6_In_a_browser_a_line_says_that_no_profile_will_be_written()
    {
        Assert.That(AutomaticProfile.NoticeFor(isBrowser: true), Does.Contain("no profile is written").And.Contain("SnapshotStats"));
        Assert.That(AutomaticProfile.NoticeFor(isBrowser: false), Is.Null);
    }
}
