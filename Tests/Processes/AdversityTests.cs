using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>Whatever keeps a profile from being written, the program ends as it would have, and one line says
/// why.</summary>
public class AdversityTests : ProcessTest
{
    // A disk of the test's own, which nobody else sees and which goes with the process; at the end it is saved to
    // "saved".
    const string OnSmallDisk = """
        program='mkdir DISK saved && mount -t tmpfs -o size=SIZE tmpfs DISK && cd DISK && BEFORE "$@"
        code=$?; cd ..; cp -a DISK/. saved; exit $code'
        exec unshare --map-root-user --mount sh -c "$program" sh "$@"
        """;

    // On Linux the live file is made by system calls where the path is plain ASCII, and by .NET elsewhere.
    static readonly string[] Disks = ["disk", "dïsk"];

    [Test]
    public async Task A_file_where_the_folder_should_be()
    {
        File.WriteAllText(PathOf("file"), "");

        var result = await RunUndisturbed(
            Start("Exit", "7") with { Environment = Output("file/app.prof") }, complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain("file/app.prof").And.Contain("PROFILERWEAVER_OUTPUT"));
    }

    [Test]
    [Platform("Linux")]
    public async Task A_folder_that_nobody_can_write_to()
    {
        var result = await RunUndisturbed(
            Start("Throw") with { Environment = Output("/proc/app.prof") }, complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain("cannot write /proc/app.prof"));
    }

    [Test]
    [Platform("Linux")]
    public async Task A_disk_that_is_full_from_the_start([ValueSource(nameof(Disks))] string disk)
    {
        var result = await Run(
            Start("Exit", "7") with { Shell = Disk(disk, "8k", "head -c 8192 /dev/zero > filler;") }, complaints: 1);

        Assert.That(result.ExitCode, Is.EqualTo(7));
        Assert.That(result.Output, Is.EqualTo("begins\n"));
        Assert.That(result.Complaints.Single(), Does.Contain($"cannot write {PathOf(disk)}/{DefaultName}"));
        Assert.That(Directory.GetFiles(PathOf("saved")), Is.EqualTo(new[] { Path.Combine(PathOf("saved"), "filler") }));
    }

    [Test]
    [Platform("Linux")]
    public async Task A_disk_with_room_for_the_profile_but_not_for_the_live_file([ValueSource(nameof(Disks))] string disk)
    {
        var result = await Run(Start("Exit", "7") with { Shell = Disk(disk, "96k", "") }, complaints: 1);

        Assert.That(result.ExitCode, Is.EqualTo(7));
        ExpectProfile(Path.Combine(PathOf("saved"), DefaultName),
            [.. FirstWork, "Ending.Exit 4/1 < Ending.Exit 3/1, Program.Main 1/1"]);
    }

    [Test]
    [Platform("Linux")]
    public async Task A_disk_that_is_full_when_the_tree_grows([ValueSource(nameof(Disks))] string disk)
    {
        var result = await Run(Start("Grow") with { Shell = Disk(disk, "2500k", "") }, complaints: 1);

        Assert.That(result.Output, Is.EqualTo("begins\n32767\n"));
        Assert.That(result.Complaints.Single(), Does.Contain("cannot extend").And.Contain("private memory"));
        var stats = new Stats(Path.Combine(PathOf("saved"), DefaultName));
        Assert.That(stats["Counting.Double"].Calls + stats["Counting.Twin"].Calls, Is.EqualTo(32767));
        Assert.That(Directory.GetFiles(PathOf("saved")), Has.Length.EqualTo(1));
    }

    // With room for a part of the tree, or for nothing but the beginning of the live file.
    [Test]
    [Platform("Linux")]
    public async Task H8_The_live_file_that_the_disk_had_no_room_for_makes_room_for_the_profile(
        [ValueSource(nameof(Disks))] string disk, [Values("700k", "360k")] string size)
    {
        var result = await Run(Start("Grow") with { Shell = Disk(disk, size, "") }, complaints: 1);

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Is.EqualTo("begins\n32767\n"));
        Assert.That(result.Complaints.Single(), Does.Contain("cannot extend").And.Contain("PROFILERWEAVER_OUTPUT"));
        var stats = new Stats(Path.Combine(PathOf("saved"), DefaultName));
        Assert.That(stats["Counting.Double"].Calls + stats["Counting.Twin"].Calls, Is.EqualTo(32767));
        Assert.That(Directory.GetFiles(PathOf("saved")), Has.Length.EqualTo(1));
    }

    [Test]
    [Platform("Linux")]
    public async Task H8_A_disk_that_the_profile_does_not_fit_on_is_no_reason_to_fail()
    {
        var result = await Run(Start("Grow") with { Shell = Disk("disk", "140k", "") }, complaints: 1);

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Is.EqualTo("begins\n32767\n"));
        Assert.That(result.Complaints.Single(), Does.Contain("its profile does not fit on the disk"));
        Assert.That(Directory.GetFiles(PathOf("saved"), "*.prof"), Is.Empty);
    }

    [Test]
    [Platform("Linux")]
    public async Task A_disk_that_fills_up_meanwhile_keeps_the_older_profile()
    {
        var result = await Run(Start("FillDisk", "filler") with { Shell = Disk("disk", "4m", $"echo older > {DefaultName};") },
            complaints: 1);

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.Output, Is.EqualTo("begins\nfull\n"));
        Assert.That(result.Complaints.Single(),
            Does.Contain("cannot write").And.Contain(DefaultName).And.Contain("dotnet prof recover"));
        Assert.That(File.ReadAllText(Path.Combine(PathOf("saved"), DefaultName)), Is.EqualTo("older\n"));
        Assert.That(Directory.GetFiles(PathOf("saved"), "*.tmp"), Is.Empty);
        var live = Path.Combine(PathOf("saved"), DefaultName + ".live");
        Assert.That(CallCounts.Of(new Stats(live)),
            Is.EquivalentTo([.. FirstWork, "Surroundings.FillDisk 1/1 < Program.Main 1/1"]));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public async Task A_closed_stderr_is_no_reason_to_fail()
    {
        var result = await Run(Start("Exit", "7") with
        {
            Shell = "exec \"$@\" 2>&-",
            Environment = Output("{host}.prof"),
        });

        Assert.That(result.ExitCode, Is.EqualTo(7));
        Assert.That(result.Output, Is.EqualTo("begins\n"));
    }

    [Test]
    [Platform("Unix,Linux,MacOsX")]
    public async Task A_closed_stdout_ends_the_program_as_it_would_without_the_profiler()
    {
        var result = await RunUndisturbed(Start("Exit", "7") with { Shell = "exec \"$@\" >&-" });

        Assert.That(result.OwnErrors, Does.Contain("Bad file descriptor"));
        ExpectProfile(DefaultProfile, "Program.Main 1/1");
    }

    [Test]
    [Platform("Linux")]
    public async Task A_full_device_as_stderr_is_no_reason_to_fail()
    {
        var result = await Run(Start("Exit", "7") with
        {
            Shell = "exec \"$@\" 2>/dev/full",
            Environment = Output("{host}.prof"),
        });

        Assert.That(result.ExitCode, Is.EqualTo(7));
    }

    static string Disk(string name, string size, string before) =>
        OnSmallDisk.Replace("DISK", name, StringComparison.Ordinal).Replace("SIZE", size, StringComparison.Ordinal)
            .Replace("BEFORE", before, StringComparison.Ordinal);

    static Dictionary<string, string> Output(string value) => new() { ["PROFILERWEAVER_OUTPUT"] = value };
}
