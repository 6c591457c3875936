using System.Diagnostics;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>Systems that forbid what the recorder would like to do: the program ends as it would have without it, and what
/// can be recorded is.</summary>
[Platform("Linux")]
public class SurroundingsTests : ProcessTest
{
    // A filter that lets a system call fail: mmap of a file, shared and writable, as on some network file systems
    // (ENODEV); or mprotect of a single page as executable, as with SELinux's execmem (EACCES). .NET's own calls differ
    // from these when it does not map its code twice (DOTNET_EnableWriteXorExecute=0).
    const string Denying = """
        import ctypes, os, platform, struct, sys
        LOAD, MASK, EQUAL, ANY, RETURN = 0x20, 0x54, 0x15, 0x45, 0x06
        ALLOW, FAIL = 0x7fff0000, 0x00050000
        mmap, mprotect = {'x86_64': (9, 10), 'aarch64': (222, 226)}[platform.machine()]
        def argument(i): return 16 + 8 * i
        code = {
            'mapping': [(LOAD, 0, 0, 0), (EQUAL, 0, 6, mmap), (LOAD, 0, 0, argument(2)), (ANY, 0, 4, 2),
                        (LOAD, 0, 0, argument(3)), (MASK, 0, 0, 15), (EQUAL, 0, 1, 1), (RETURN, 0, 0, FAIL | 19),
                        (RETURN, 0, 0, ALLOW)],
            'execution': [(LOAD, 0, 0, 0), (EQUAL, 0, 5, mprotect), (LOAD, 0, 0, argument(1)), (EQUAL, 0, 3, 4096),
                          (LOAD, 0, 0, argument(2)), (EQUAL, 0, 1, 5), (RETURN, 0, 0, FAIL | 13),
                          (RETURN, 0, 0, ALLOW)],
        }[sys.argv[1]]
        filter = ctypes.create_string_buffer(b''.join(struct.pack('HBBI', *line) for line in code))
        program = ctypes.create_string_buffer(struct.pack('@HP', len(code), ctypes.addressof(filter)))
        libc = ctypes.CDLL(None)
        if libc.prctl(38, 1, 0, 0, 0) or libc.prctl(22, 2, program):
            sys.exit(99)
        os.execvp(sys.argv[2], sys.argv[2:])
        """;

    static readonly Dictionary<string, string> OneMapping = new() { ["DOTNET_EnableWriteXorExecute"] = "0" };

    static readonly string[] ExitedWork =
        [.. FirstWork, "Ending.Exit 4/1 < Ending.Exit 3/1, Program.Main 1/1"];

    [Test]
    public async Task A_file_system_without_shared_mappings()
    {
        var result = await RunUndisturbed(await Denied("mapping"), complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain("cannot write").And.Contain("kept in memory"));
        ExpectProfile(DefaultProfile, ExitedWork);
    }

    [Test]
    public async Task Executable_memory_that_is_denied()
    {
        await RunUndisturbed(await Denied("execution"));

        ExpectProfile(DefaultProfile, ExitedWork);
        Assert.That(ProfFile.Read(DefaultProfile).Recording!.Clock, Is.EqualTo("wall (stopwatch)"));
    }

    [Test]
    public async Task A_limit_for_the_size_of_files()
    {
        var result = await RunUndisturbed(Start("Exit", "7") with
        {
            Shell = "ulimit -f 200; exec \"$@\"",
            Environment = OneMapping,
        }, complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain("ulimit -f"));
        ExpectProfile(DefaultProfile, ExitedWork);
    }

    [Test]
    public async Task A_limit_for_the_size_of_files_that_the_profile_does_not_fit_in()
    {
        var result = await RunUndisturbed(Start("Exit", "7") with
        {
            Shell = "ulimit -f 1; exec \"$@\"",
            Environment = OneMapping,
        }, complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain("ulimit -f"));
        Assert.That(File.Exists(DefaultProfile), Is.False);
    }

    [Test]
    public async Task A_limit_for_memory()
    {
        await RunUndisturbed(Start("Exit", "7") with
        {
            Shell = "ulimit -v 2000000; ulimit -l 0; exec \"$@\"",
            Environment = new Dictionary<string, string> { ["DOTNET_GCHeapHardLimit"] = "0x4000000" },
        });

        ExpectProfile(DefaultProfile, ExitedWork);
    }

    // The program itself needs about 40, the recorder some 20 more: .NET opens two for each assembly that it loads.
    [Test]
    public async Task A_limit_for_open_files()
    {
        await RunUndisturbed(Start("Exit", "7") with { Shell = "ulimit -n 100; exec \"$@\"" });

        ExpectProfile(DefaultProfile, ExitedWork);
    }

    [Test]
    public async Task H8_A_program_that_can_open_no_more_files_is_told_where_its_recording_is()
    {
        var result = await RunUndisturbed(Start("ExhaustFiles"), complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain($"the recording is in {DefaultProfile}.live"));
        Assert.That(CallCounts.Of(new Stats(DefaultProfile + ".live")), Is.EquivalentTo(
            (string[])[.. FirstWork, "OpenFiles.Exhaust 1/1 < Program.Main 1/1"]));
    }

    // As after closing stderr, when the next file that a program opens has its number.
    [Test]
    public async Task H8_Nothing_is_written_into_a_file_of_the_program_that_has_taken_the_place_of_stderr()
    {
        await Run(Start("ReplaceErrors", "new") with { Environment = Output("new/app.prof") });

        Assert.That(new FileInfo(PathOf("own.txt")).Length, Is.Zero);
    }

    [Test]
    public async Task A_disk_that_is_mounted_to_be_read_only()
    {
        Directory.CreateDirectory(PathOf("disk"));

        var result = await RunUndisturbed(Start("Exit", "7") with
        {
            Shell = """
                exec unshare --map-root-user --mount sh -c 'mount -t tmpfs -o ro tmpfs disk && exec "$@"' sh "$@"
                """,
            Environment = Output("disk/app.prof"),
        }, complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain("cannot write").And.Contain("disk/app.prof"));
    }

    [Test]
    public async Task A_folder_that_is_deleted_meanwhile_is_made_again()
    {
        var running = WovenProgram.With(Woven).Begin(Start("Wait") with { Environment = Output("new/app.prof") });
        await running.ReadLine();
        Assert.That(await running.ReadLine(), Is.EqualTo("waits"));
        Directory.Delete(PathOf("new"), recursive: true);

        var result = await running.End();

        Assert.That(result.Errors, Is.Empty);
        ExpectProfile(PathOf("new/app.prof"), [.. FirstWork, "Surroundings.WaitForInput 1/1 < Program.Main 1/1"]);
    }

    [TestCase("/dev/null", 0)]
    [TestCase("/dev/full", 1)]
    public async Task A_device_as_output_gets_no_live_file(string device, int complaints)
    {
        await RunUndisturbed(Start("Exit", "7") with { Environment = Output(device) }, complaints);

        Assert.That(File.Exists(device + ".live"), Is.False);
        Assert.That(Directory.GetFiles(Folder), Is.Empty);
    }

    [Test]
    public async Task A_pipe_as_output_is_refused_at_once()
    {
        using (var maker = Process.Start("mkfifo", PathOf("pipe")))
            await maker.WaitForExitAsync();

        var result = await RunUndisturbed(Start("Exit", "7") with { Environment = Output("pipe") }, complaints: 1);

        Assert.That(result.Complaints.Single(), Does.Contain(PathOf("pipe")).And.Contain("is a pipe"));
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(1));
    }

    [Test]
    public async Task A_child_with_the_same_output_takes_a_name_of_its_own()
    {
        await RunUndisturbed(Start("StartSelf"));

        var child = Directory.GetFiles(Folder).Single(file => file != DefaultProfile);
        ExpectProfile(DefaultProfile, [.. FirstWork, "Children.StartSelf 1/1 < Program.Main 1/1",
            "Children.Start 1/1 < Children.StartSelf 1/1"]);
        ExpectProfile(child, FirstWork);
    }

    [Test]
    public async Task A_child_that_outlives_the_program_does_not_hold_the_live_file()
    {
        var killed = await RunUndisturbed(Start("StartAndDie"));

        await RunUndisturbed(Start("Return", "0"), complaints: 1);

        ExpectProfile(PathOf($"Scenarios.Endings-{killed.ProcessId}.prof"),
        [
            .. FirstWork,
            "Children.StartAndDie 1/1 < Program.Main 1/1",
            "Children.Start 1/1 < Children.StartAndDie 1/1",
            "Ending.Kill 1/1 < Children.StartAndDie 1/1",
        ]);
        ExpectProfile(DefaultProfile, FirstWork);
    }

    [Test]
    public async Task A_second_load_context_counts_in_the_same_rows()
    {
        await RunUndisturbed(Start("SecondContext"));

        ExpectProfile(DefaultProfile,
        [
            "Program.Main 1/1",
            "Work.Do 2/2 < Contexts.Run 1/1, Program.Main 1/1",
            "Work.Step 6/6 < Work.Do 6/6",
            "Work.Leaf 12/12 < Work.Step 12/12",
            "Contexts.RunSecond 1/1 < Program.Main 1/1",
            "Contexts.Run 1/1 < Contexts.RunSecond 1/1",
        ]);
    }

    [Test]
    public async Task A_second_load_context_with_a_recorder_of_its_own_has_a_profile_of_its_own()
    {
        var result = await RunUndisturbed(Start("SecondContextWithLibraries"));

        Assert.That(CallCounts.In(DefaultProfile), Is.SupersetOf(FirstWork));
        ExpectProfile(PathOf($"Scenarios.Endings-{result.ProcessId}.prof"),
            "Work.Do 1/1", "Work.Step 3/3 < Work.Do 3/3", "Work.Leaf 6/6 < Work.Step 6/6");
    }

    [Test]
    public async Task A_plugin_that_was_unloaded_keeps_its_rows()
    {
        var result = await RunUndisturbed(Start("UnloadedContext"));

        Assert.That(result.Output, Does.EndWith("unloaded\n"));
        Assert.That(CallCounts.In(DefaultProfile),
            Has.One.EqualTo("Work.Do 2/2 < Contexts.Run 1/1, Program.Main 1/1"));
    }

    async Task<ProgramStart> Denied(string what)
    {
        File.WriteAllText(PathOf("denying.py"), Denying);
        var start = Start("Exit", "7") with { Shell = $"exec python3 denying.py {what} \"$@\"", Environment = OneMapping };
        var original = await WovenProgram.Original.Run(start);
        Assume.That(original.ExitCode, Is.Not.EqualTo(99), "this system allows no filter of system calls");
        return start;
    }

    static Dictionary<string, string> Output(string value) => new() { ["PROFILERWEAVER_OUTPUT"] = value };
}
