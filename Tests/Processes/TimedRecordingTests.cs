using System.Diagnostics;
using System.Runtime.Versioning;
using ProfilerWeaver.Tests.CommandLineTool;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary><c>dotnet prof start --for</c>: a recording ends by itself, and who waits for it gets the profile, or is told why not.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class TimedRecordingTests : ServingProgramTest
{
    [Test]
    public async Task A_recording_for_a_time_ends_by_itself()
    {
        var program = await Serve(isAsleep: true);
        using var starting = Tool.Begin("start", Number(program), "--for", "1s", "--clock", "none", "-o", PathOf("second.prof"));
        WaitUntilItRecords(program);
        await Work(program, 3);
        var started = starting.End("");
        await Work(program, 9);
        await program.End();

        Assert.That(started.Output, Is.EqualTo(PathOf("second.prof") + "\n"));
        Assert.That(CallCounts.In(PathOf("second.prof")), Is.SupersetOf(WorkOf(3)));
    }

    [Test]
    public async Task A_recording_for_a_time_ends_also_if_the_clock_is_set_back()
    {
        const int most = 30;
        var program = await ServeByAnotherClock(-3600);
        Tell(program, ControlField.Start, (ControlField.For, "1000"), (ControlField.Output, PathOf("back.prof")));
        await Work(program, 3);
        File.WriteAllText(PathOf("set"), "");

        for (var since = Stopwatch.StartNew(); IsRecording(program) && since.Elapsed.TotalSeconds < most;)
            Thread.Sleep(10);

        Assert.That(IsRecording(program), Is.False);
        await program.End();
        Assert.That(CallCounts.In(PathOf("back.prof")), Is.SupersetOf(WorkOf(3)));
    }

    [Test]
    public async Task A_recording_for_a_time_goes_on_if_the_clock_is_set_forward()
    {
        var program = await ServeByAnotherClock(3600);
        Tell(program, ControlField.Start, (ControlField.For, "600000"), (ControlField.Output, PathOf("forward.prof")));
        File.WriteAllText(PathOf("set"), "");

        // After each answer, it looks whether the time is over.
        for (var times = 0; times < 3; times++)
            Assert.That(IsRecording(program), Is.True);
        await program.End();
    }

    bool IsRecording(RunningProgram program) => Tell(program, ControlField.Status)[ControlField.State] == ControlField.Recording;

    // Whose clock is set when there is a file.
    async Task<RunningProgram> ServeByAnotherClock(int seconds)
    {
        File.WriteAllText(PathOf("clock.c"), $$"""
            #define _GNU_SOURCE
            #include <sys/syscall.h>
            #include <time.h>
            #include <unistd.h>

            int clock_gettime(clockid_t clock, struct timespec *time)
            {
                int result = syscall(SYS_clock_gettime, clock, time);
                if ((clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) && access("{{PathOf("set")}}", F_OK) == 0)
                    time->tv_sec += {{seconds}};
                return result;
            }
            """);
        OtherTool.RunIn(Folder, "gcc", "-shared", "-fPIC", "-o", "clock.so", "clock.c");
        ProgramEnvironment["LD_PRELOAD"] = PathOf("clock.so");
        return await Serve(isAsleep: true);
    }

    [Test]
    public async Task A_recording_for_a_time_is_there_if_the_program_ends_before()
    {
        File.WriteAllText(PathOf("ended.prof"), "of an earlier run");
        var program = await Serve(isAsleep: true);
        using var starting = Tool.Begin("start", Number(program), "--for", "1min", "--no-builtins", "-o", PathOf("ended.prof"));
        WaitUntilItRecords(program);
        await Work(program, 3);
        await program.End();

        Assert.That(starting.End(), Is.EqualTo(new ToolResult(0, PathOf("ended.prof") + "\n", "")));
        Assert.That(CallCounts.In(PathOf("ended.prof")), Is.SupersetOf(WorkOf(3)));
    }

    [Test]
    public async Task Who_still_writes_while_it_ends_is_waited_for()
    {
        var path = PathOf("slow.prof");
        var state = ControlField.Asleep;
        var server = ControlServer.Listen(Folder, Number(Environment.ProcessId), command =>
        {
            if (command.Word == ControlField.Start)
                Volatile.Write(ref state, ControlField.Recording);
            return new(ControlMessage.Done)
            {
                [ControlField.Process] = Number(Environment.ProcessId),
                [ControlField.Program] = "Slow",
                [ControlField.State] = state,
                [ControlField.Output] = path,
            };
        })!;
        BackgroundThread.Begin("control", () => server.Serve(() => -1, () => { }));

        using var starting = Tool.Begin("start", "Slow", "--for", "1min", "-o", path);
        while (Volatile.Read(ref state) != ControlField.Recording)
            await Task.Delay(1);
        server.End();
        await Task.Delay(500);
        File.WriteAllText(path, "");

        Assert.That(starting.End(), Is.EqualTo(new ToolResult(0, path + "\n", "")));
    }

    [Test]
    public async Task A_recording_for_a_time_that_cannot_be_written_is_not_waited_for_and_not_lost()
    {
        var program = await Serve(isAsleep: true);
        Directory.CreateDirectory(PathOf("gone"));
        using var starting = Tool.Begin("start", Number(program), "--for", "1s", "--no-builtins", "-o", PathOf("gone/a.prof"));
        WaitUntilItRecords(program);
        await Work(program, 3);
        Directory.Delete(PathOf("gone"));
        var errors = starting.End().Errors;
        await Work(program, 5);
        var status = Tell(program, ControlField.Status)[ControlField.State];
        var again = Tell(program, ControlField.Start)[ControlMessage.Reason];
        Tool.Run("stop", Number(program), "-o", PathOf("elsewhere.prof"));
        var ended = await program.End();

        Assert.That(errors, Does.Contain($"cannot write {PathOf("gone/a.prof")}: ").And.Contain("-o FILE writes the profile elsewhere"));
        Assert.That(status, Is.EqualTo(ControlField.Unwritten));
        Assert.That(again, Does.Contain("its last profile could not be written"));
        Assert.That(CallCounts.In(PathOf("elsewhere.prof")), Is.SupersetOf(WorkOf(3)));
        Assert.That(ended.Complaints, Has.Length.EqualTo(1));
    }

    [Test]
    public async Task Why_a_recording_for_a_time_is_not_there_is_said()
    {
        var program = await Serve(isAsleep: true);
        var name = $"dotnet-prof: error: Scenarios.Endings ({program.ProcessId}) has ";

        using var stopped = Tool.Begin("start", Number(program), "--for", "1min", "-o", PathOf("stopped.prof"));
        WaitUntilItRecords(program);
        await Work(program, 1);
        Tell(program, ControlField.Stop, (ControlField.Output, PathOf("other.prof")));
        var stoppedBefore = stopped.End().Errors;
        var idle = Tool.Run("start", Number(program), "--for", "10ms", "--no-builtins", "-o", PathOf("idle.prof")).Errors;
        using var ended = Tool.Begin("start", Number(program), "--for", "1min", "--no-builtins", "-o", PathOf("ended.prof"));
        WaitUntilItRecords(program);
        await program.End();

        Assert.That(stoppedBefore, Is.EqualTo($"{name}not written {PathOf("stopped.prof")}: somebody else stopped the recording before its time was " +
            "over, and had it written elsewhere or not at all.\n"));
        Assert.That(idle, Is.EqualTo($"{name}not written {PathOf("idle.prof")}: it called nothing woven in that time, or says why on its stderr.\n"));
        Assert.That(ended.End().Errors, Is.EqualTo($"{name}ended and not written {PathOf("ended.prof")}: it called nothing woven since the recording " +
            "began, was killed, or says why on its stderr.\n"));
    }

    [Test]
    public async Task What_ends_by_itself_is_named_as_such()
    {
        var program = await Serve(isAsleep: true);
        await Work(program, 0);
        const string Window = "it is recording only for a measurement (Profile.Measure, a window of the service's own endpoint, or a push), which is not ended from here";

        Assert.That(Tell(program, ControlField.Stop)[ControlMessage.Reason], Is.EqualTo(Window + "; dotnet prof start makes it record beside that"));
        Assert.That(Tell(program, ControlField.Start).Word, Is.EqualTo(ControlMessage.Done));
        Tell(program, ControlField.Stop, (ControlField.Output, PathOf("beside.prof")));
        await program.End();

        program = await Serve(isAsleep: true);
        Tell(program, ControlField.Start, (ControlField.For, "60000"), (ControlField.Output, PathOf("minute.prof")));

        Assert.That(Tell(program, ControlField.Start)[ControlMessage.Reason], Does.Match(
            $@"^it is recording already, into {PathOf("minute.prof")}; that ends by itself in (60|5\d)\.\d s: wait for it, or stop it first$"));
        await program.End();
    }
}
