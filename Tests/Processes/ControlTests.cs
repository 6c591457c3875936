using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using ProfilerWeaver.Tests.CommandLineTool;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>A woven program that runs is found, told to record and to stop, and goes on as if nothing had happened.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class ControlTests : ServingProgramTest
{
    [Test]
    public async Task A_sleeping_program_records_what_it_calls_between_start_and_stop()
    {
        var program = await Serve(isAsleep: true);
        await Work(program, 5);
        var asleep = Tool.Run("ps").Output;

        var started = Tool.Run("start", Number(program), "--no-builtins", "-o", PathOf("window.prof"));
        await Work(program, 2);
        var recording = Tool.Run("status", "Scenarios.Endings").Output;
        var dumped = Tool.Run("dump", Number(program), "-o", PathOf("dump.prof"));
        await Work(program, 1);
        Tool.Run("clear", Number(program));
        await Work(program, 4);
        var stopped = Tool.Run("stop", Number(program));
        await Work(program, 7);
        var result = await program.End();

        Assert.That(result.Errors, Is.Empty);
        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(asleep, Does.Match($@"^pid +program +state +calls +memory +since +output *\n{program.ProcessId} +Scenarios\.Endings +asleep "));
        Assert.That(started.Output, Is.EqualTo($"Scenarios.Endings ({program.ProcessId}) is recording; dotnet prof stop {program.ProcessId} writes {PathOf("window.prof")}\n"));
        Assert.That(recording, Does.Match("(?m)^state +recording$").And.Match("(?m)^calls +20$").And.Match($"(?m)^output +{PathOf("window.prof")}$"));
        Assert.That(dumped.Output, Is.EqualTo(PathOf("dump.prof") + "\n"));
        Assert.That(stopped.Output, Is.EqualTo(PathOf("window.prof") + "\n"));
        Assert.That(CallCounts.In(PathOf("dump.prof")), Is.EquivalentTo(WorkOf(2)));
        Assert.That(CallCounts.In(PathOf("window.prof")), Is.EquivalentTo(WorkOf(4)));
        Assert.That(Directory.GetFiles(Folder).Select(Path.GetFileName), Is.EquivalentTo(new[] { "dump.prof", "window.prof" }));
    }

    [Test]
    public async Task A_program_that_records_from_its_start_is_stopped_and_started_again()
    {
        var program = await Serve(isAsleep: false);
        await Work(program, 1);

        Tool.Run("stop", Number(program));
        var whole = CallCounts.In(DefaultProfile);
        await Work(program, 3);
        var path = Tell(program, ControlField.Start)[ControlField.Output]!;
        await Work(program, 2);
        var result = await program.End();

        Assert.That(result.Errors, Is.Empty);
        Assert.That(whole, Has.One.EqualTo("Work.Do 2/2 < Program.Main 1/1, Surroundings.Serve 1/1"));
        Assert.That(Path.GetFileName(path), Does.Match($@"^Scenarios\.Endings-{program.ProcessId}-\d{{8}}-\d{{6}}\.prof$"));
        Assert.That(CallCounts.In(path), Is.SupersetOf(WorkOf(2)), "what was recorded when the program ended");
        Assert.That(File.Exists(DefaultProfile + ".live"), Is.False);
    }

    [Test]
    public async Task A_live_file_is_read_by_its_name_while_the_program_runs_and_nothing_is_written_over_it()
    {
        var program = await Serve(isAsleep: false);
        await Work(program, 2);
        File.CreateSymbolicLink(PathOf("link.prof"), DefaultProfile + ".live");

        var read = Tool.Run("stats", DefaultProfile + ".live");
        var over = Tool.Run("stop", Number(program), "-o", DefaultProfile + ".live");
        var through = Tool.Run("dump", Number(program), "-o", PathOf("link.prof"));
        await program.End();

        Assert.That(read.ExitCode, Is.Zero, read.Errors);
        Assert.That(read.Output, Does.Contain("(Scenarios.Work.Do)"));
        foreach (var refused in new[] { over, through })
        {
            Assert.That(refused.Errors, Does.Contain(" is a live file (.live), in which a program keeps what it records."));
            Assert.That(refused.ExitCode, Is.EqualTo(2));
        }
        Assert.That(DefaultProfile, Does.Exist);
    }

    [Test]
    public async Task What_cannot_be_done_is_said()
    {
        var program = await Serve(isAsleep: true);
        var number = Number(program);
        var name = $"Scenarios.Endings ({number})";

        Expect($"{name}: it is asleep; dotnet prof start makes it record.", "stop", number);
        Expect($"{name}: it is asleep; dotnet prof start makes it record.", "dump", number);
        Expect($"-o {Folder} is a folder. Specify a file in it.", "start", number, "-o", Folder);
        Expect($"-o {PathOf("no/a.prof")} cannot be written: the folder {PathOf("no")} does not exist. Create it first.", "start", number, "-o", PathOf("no/a.prof"));
        Tell(program, ControlField.Start);
        Expect($"{name}: it is recording already, into .*; stop it first, or take what there is by dump.", "start", number);
        Expect($"process {Environment.ProcessId} is not woven, is set not to be found .* dotnet prof ps lists .*", "stop", Number(Environment.ProcessId));
        Expect("there is no process 99999999. dotnet prof ps lists .*", "stop", "99999999");
        Expect("no woven program Nobody is running. dotnet prof ps lists .*", "stop", "Nobody");
        var other = await Serve(isAsleep: true);
        Expect($"2 programs named Scenarios.Endings are running: specify the process id .*", "status", "Scenarios.Endings");
        await other.End();
        await program.End();

        void Expect(string error, params string[] arguments)
        {
            var result = Tool.Run(arguments);
            Assert.That(result.Errors, Does.Match("^dotnet-prof: error: " + error.Replace("(", "\\(").Replace(")", "\\)") + "\n$"));
            Assert.That(result.ExitCode, Is.Not.Zero);
        }
    }

    [Test]
    public async Task What_cannot_be_written_is_not_lost()
    {
        var program = await Serve(isAsleep: true);
        Tell(program, ControlField.Start, (ControlField.Builtins, "0"));
        await Work(program, 2);

        var failed = Tell(program, ControlField.Stop, (ControlField.Output, "/proc/nothing.prof"));
        await Work(program, 5);
        var stopped = Tell(program, ControlField.Stop, (ControlField.Output, PathOf("elsewhere.prof")));
        var result = await program.End();

        Assert.That(failed.Word, Is.EqualTo(ControlMessage.Failed));
        Assert.That(failed[ControlMessage.Reason], Does.Contain("/proc/nothing.prof").And.Not.Contain(".tmp"));
        Assert.That(stopped.Word, Is.EqualTo(ControlMessage.Done), stopped[ControlMessage.Reason]);
        Assert.That(CallCounts.In(PathOf("elsewhere.prof")), Is.EquivalentTo(WorkOf(2)));
        Assert.That(result.Errors, Is.Empty);
    }

    [Test]
    public async Task Whatever_is_sent_the_program_is_unharmed_and_every_answer_is_right_or_an_error()
    {
        var program = await Serve(isAsleep: true);
        var socket = SocketOf(program);
        foreach (var line in new[] { "\n", "\t\t\n", "start\tfor\n", "start\tclock=sundial\n", "start\tfor=-1\n", "start\tfor=99999999999999999999\n", "explode\n" })
            Assert.That(Converse(socket, Encoding.UTF8.GetBytes(line))!.Word, Is.EqualTo(ControlMessage.Failed), line);
        // Neither a whole line, nor ever one; then somebody who hangs up in the midst of a word.
        Assert.That(Converse(socket, new byte[ControlMessage.LongestLine + 1]), Is.Null);
        for (var i = 0; i < 20; i++)
        {
            var connection = LinuxSocket.Connect(socket, out _);
            LinuxSocket.Write(connection, "sta"u8);
            _ = LinuxSocket.Close(connection);
        }

        var switches = int.Parse(Environment.GetEnvironmentVariable("PROFILERWEAVER_SWITCHES") ?? "200", CultureInfo.InvariantCulture);
        var working = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
                await Work(program, 5_000);
        });
        await Task.WhenAll(Enumerable.Range(0, 2).Select(controller => Task.Run(() =>
        {
            for (var i = 0; i < switches / 2; i++)
            {
                Tell(program, ControlField.Start, (ControlField.Output, PathOf("switched.prof")));
                Tell(program, ControlField.Status);
                Tell(program, ControlField.Stop, (ControlField.Output, PathOf("switched.prof")));
            }
        })));
        await working;

        Tell(program, ControlField.Stop);
        Tell(program, ControlField.Start, (ControlField.Output, PathOf("last.prof")), (ControlField.Builtins, "0"));
        await Work(program, 6);
        var last = Tell(program, ControlField.Stop);
        var result = await program.End();
        Assert.That(last.Word, Is.EqualTo(ControlMessage.Done), last[ControlMessage.Reason]);
        Assert.That(CallCounts.In(PathOf("last.prof")), Is.EquivalentTo(WorkOf(6)));
        Assert.That(result.Errors, Is.Empty);
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task Controllers_that_are_killed_a_full_disk_and_thousands_of_commands_do_no_harm()
    {
        var program = await Serve(isAsleep: true);
        var socket = SocketOf(program);
        Tell(program, ControlField.Start, (ControlField.Output, PathOf("last.prof")), (ControlField.Builtins, "0"));
        await Work(program, 2);
        for (var i = 0; i < 10; i++)
        {
            var connection = LinuxSocket.Connect(socket, out _);
            LinuxSocket.Write(connection, new ControlMessage(ControlField.Dump) { [ControlField.Output] = PathOf("dumped.prof") }.ToLine());
            _ = LinuxSocket.Close(connection);
        }

        var full = Tell(program, ControlField.Stop, (ControlField.Output, "/dev/full"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(controller => Task.Run(() =>
            Enumerable.Range(0, 5000).Select(number => Tell(program, ControlField.Status)[ControlField.Calls]).ToList())));
        var last = Tell(program, ControlField.Stop);
        var result = await program.End();

        Assert.That(full.Word, Is.EqualTo(ControlMessage.Failed));
        Assert.That(full[ControlMessage.Reason], Does.Contain("/dev/full"));
        Assert.That(answers.SelectMany(calls => calls), Is.All.EqualTo("20"));
        Assert.That(last[ControlField.Output], Is.EqualTo(PathOf("last.prof")), last[ControlMessage.Reason]);
        Assert.That(CallCounts.In(PathOf("last.prof")), Is.EquivalentTo(WorkOf(2)));
        Assert.That(CallCounts.In(PathOf("dumped.prof")), Is.EquivalentTo(WorkOf(2)), "what nobody waited for");
        Assert.That(result.Errors, Is.Empty);
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public void A_number_that_is_used_again_and_links_in_the_place_of_its_socket_are_nobodys_harm()
    {
        _ = LinuxSocket.Close(LinuxSocket.Listen(PathOf("7.control"), out _));
        File.WriteAllText(PathOf("theirs"), "theirs");
        File.CreateSymbolicLink(PathOf("8.control"), PathOf("theirs"));
        File.CreateSymbolicLink(PathOf("9.control"), PathOf("nothing"));

        var again = Listen("7");
        var beside = Listen("7");
        var atLink = Listen("8");
        var atNothing = Listen("9");

        Assert.That(again.Path, Is.EqualTo(PathOf("7.control")));
        Assert.That(beside.Path, Is.EqualTo(PathOf("7-2.control")), "another container's, which runs");
        foreach (var server in new[] { again, beside, atLink, atNothing })
        {
            Assert.That(Converse(server.Path, Encoding.UTF8.GetBytes("status\n"))!.Word, Is.EqualTo(ControlMessage.Done), server.Path);
            server.End();
            Assert.That(File.Exists(server.Path), Is.False);
        }
        Assert.That(File.ReadAllText(PathOf("theirs")), Is.EqualTo("theirs"));
        Assert.That(PathOf("nothing"), Does.Not.Exist);

        ControlServer Listen(string process)
        {
            var server = ControlServer.Listen(Folder, process, command => new(ControlMessage.Done))!;
            BackgroundThread.Begin("control", () => server.Serve(() => -1, () => { }));
            return server;
        }
    }

    [Test]
    public async Task A_socket_that_a_killed_process_has_left_is_in_nobodys_way()
    {
        var killed = await Serve(isAsleep: true);
        killed.Send("KILL");
        await killed.End(closeInput: false);
        Assert.That(SocketOf(killed), Does.Exist);

        Assert.That(Tool.Run("ps").Output, Does.Not.Contain(Number(killed)));

        Assert.That(SocketOf(killed), Does.Not.Exist);
    }

    [Test]
    public async Task Who_is_told_not_to_be_found_has_no_socket()
    {
        ProgramEnvironment["PROFILERWEAVER_CONTROL"] = "off";
        var program = await Serve(isAsleep: true);

        Assert.That(Tool.Run("ps").Output, Does.Not.Contain(Number(program)));
        await program.End();
        Assert.That(Directory.GetFileSystemEntries(Folder), Is.Empty);
    }

    [Test]
    public async Task A_folder_that_cannot_be_used_is_named()
    {
        ProgramEnvironment["PROFILERWEAVER_CONTROL"] = PathOf("missing");
        var program = await Serve(isAsleep: true);
        var result = await program.End();

        Assert.That(result.Complaints.Single(), Does.Contain($"PROFILERWEAVER_CONTROL={PathOf("missing")} is no folder"));
        Assert.That(result.ExitCode, Is.Zero);
    }

    [Test]
    public async Task By_itself_a_program_is_found_in_a_folder_that_only_its_user_may_enter()
    {
        ProgramEnvironment["PROFILERWEAVER_CONTROL"] = Tool.Environment["PROFILERWEAVER_CONTROL"] = "on";
        var program = await Serve(isAsleep: true);
        var folder = ControlFolder.Of(LinuxSocket.User);

        Assert.That(Tool.Run("ps").Output, Does.Match($"(?m)^{program.ProcessId} +Scenarios.Endings +asleep"));
        Assert.That(File.GetUnixFileMode(folder), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute));
        Assert.That(File.GetUnixFileMode(Path.Combine(folder, $"{program.ProcessId}.control")), Is.EqualTo(UnixFileMode.UserRead | UnixFileMode.UserWrite));
        await program.End();
        Assert.That(Path.Combine(folder, $"{program.ProcessId}.control"), Does.Not.Exist);
    }

    [Test]
    public void A_folder_that_others_can_change_is_not_used()
    {
        var (open, link, file) = (PathOf("open"), PathOf("link"), PathOf("file"));
        Directory.CreateDirectory(open);
        File.SetUnixFileMode(open, (UnixFileMode)0b111_111_111);
        Directory.CreateDirectory(PathOf("closed"), (UnixFileMode)0b111_000_000);
        Directory.CreateSymbolicLink(link, PathOf("closed"));
        File.WriteAllText(file, "");

        Assert.That(ControlFolder.TryMake(open), Is.False);
        Assert.That(ControlFolder.TryMake(link), Is.False);
        Assert.That(ControlFolder.TryMake(file), Is.False);
        Assert.That(ControlFolder.TryMake(PathOf("closed")), Is.True);
        Assert.That(ControlFolder.TryMake(PathOf("new")), Is.True);
    }

    // Even if somebody has opened the folder and the socket to all.
    [Test]
    public async Task Another_user_is_not_answered_and_a_folder_of_theirs_is_not_used()
    {
        const string Other = "65534";
        Assume.That(Environment.IsPrivilegedProcess, "only root can be somebody else");
        var program = await Serve(isAsleep: true);
        foreach (var path in new[] { Folder, SocketOf(program) })
            File.SetUnixFileMode(path, (UnixFileMode)0b111_111_111);
        Directory.CreateDirectory(PathOf("theirs"), (UnixFileMode)0b111_000_000);
        OtherTool.RunIn(Folder, "chown", Other, PathOf("theirs"));
        const string Ask = "use Socket; socket(S, AF_UNIX, SOCK_STREAM, 0); connect(S, sockaddr_un($ARGV[0])) or die $!; syswrite(S, \"status\\n\"); print 'answer: ', <S> // ''";

        var own = OtherTool.RunIn(Folder, "perl", "-e", Ask, SocketOf(program));
        var others = OtherTool.RunIn(Folder, "setpriv", "--reuid", Other, "--clear-groups", "perl", "-e", Ask, SocketOf(program));
        var result = await program.End();

        Assert.That(own, Does.StartWith("answer: ok\t"));
        Assert.That(others.Trim(), Is.EqualTo("answer:"));
        Assert.That(ControlFolder.TryMake(PathOf("theirs")), Is.False);
        Assert.That(result.Errors, Is.Empty);
    }
}
