using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>However a process ends, its profile is written, exact, and the program notices nothing.</summary>
public class EndingTests : ProcessTest
{
    [Test]
    public async Task Return_from_Main()
    {
        var result = await RunUndisturbed(Start("Return", "0"));

        Assert.That(result.ExitCode, Is.Zero);
        ExpectProfile(DefaultProfile, FirstWork);
    }

    [Test]
    public async Task An_exit_code_from_Main_is_kept()
    {
        var result = await RunUndisturbed(Start("Return", "42"));

        Assert.That(result.ExitCode, Is.EqualTo(42));
        ExpectProfile(DefaultProfile, FirstWork);
    }

    [Test]
    public async Task Exit_deep_in_the_stack_counts_the_open_frames_as_ended()
    {
        var result = await RunUndisturbed(Start("Exit", "7"));

        Assert.That(result.ExitCode, Is.EqualTo(7));
        ExpectProfile(DefaultProfile, [.. FirstWork, "Ending.Exit 4/1 < Ending.Exit 3/1, Program.Main 1/1"]);
    }

    [Test]
    public async Task Exit_on_another_thread()
    {
        var result = await RunUndisturbed(Start("ExitOnAThread"));

        Assert.That(result.ExitCode, Is.EqualTo(7));
        ExpectProfile(DefaultProfile,
        [
            .. FirstWork,
            "Ending.OnThread 1/1 < Program.Main 1/1",
            "Ending.OnThread.<lambda> 1/1",
            "Program.Main.<lambda> 1/1 < Ending.OnThread.<lambda> 1/1",
            "Ending.Exit 4/1 < Ending.Exit 3/1, Program.Main.<lambda> 1/1",
        ]);
    }

    [Test]
    public async Task An_unhandled_exception_on_the_main_thread()
    {
        var result = await RunUndisturbed(Start("Throw"));

        Assert.That(result.OwnErrors, Does.Contain("as asked"));
        ExpectProfile(DefaultProfile, [.. FirstWork, "Ending.Throw 3/1 < Ending.Throw 2/1, Program.Main 1/1"]);
    }

    [Test]
    public async Task An_unhandled_exception_on_another_thread()
    {
        var result = await RunUndisturbed(Start("ThrowOnAThread"));

        Assert.That(result.OwnErrors, Does.Contain("as asked"));
        ExpectProfile(DefaultProfile,
        [
            .. FirstWork,
            "Ending.OnThread 1/1 < Program.Main 1/1",
            "Ending.OnThread.<lambda> 1/1",
            "Program.Main.<lambda> 1/1 < Ending.OnThread.<lambda> 1/1",
            "Ending.Throw 3/1 < Ending.Throw 2/1, Program.Main.<lambda> 1/1",
        ]);
    }

    [Test]
    public async Task An_unhandled_exception_on_the_thread_pool()
    {
        var result = await RunUndisturbed(Start("ThrowOnThePool"));

        Assert.That(result.OwnErrors, Does.Contain("as asked"));
        ExpectProfile(DefaultProfile,
        [
            .. FirstWork,
            "Ending.OnPool 1/1 < Program.Main 1/1",
            "Ending.OnPool.<lambda> 1/1",
            "Ending.Throw 3/1 < Ending.OnPool.<lambda> 1/1, Ending.Throw 2/1",
        ]);
    }

    [Test]
    public async Task An_exception_of_an_async_method_that_Main_waits_for()
    {
        var result = await RunUndisturbed(Start("ThrowAsync"));

        Assert.That(result.OwnErrors, Does.Contain("as asked"));
        ExpectProfile(DefaultProfile,
        [
            .. FirstWork,
            "Ending.ThrowAsync 1/1 < Program.Main 1/1",
            "Ending.Throw 3/1 < Ending.Throw 2/1, Ending.ThrowAsync 1/1",
        ]);
    }

    [Test]
    public async Task An_exception_of_an_async_void_method()
    {
        var result = await RunUndisturbed(Start("ThrowAsyncVoid"));

        Assert.That(result.OwnErrors, Does.Contain("as asked"));
        ExpectProfile(DefaultProfile,
        [
            .. FirstWork,
            "Ending.ThrowAsyncVoid 1/1 < Program.Main 1/1",
            "Ending.Fire 1/1 < Ending.ThrowAsyncVoid 1/1",
            "Ending.Throw 3/1 < Ending.Fire 1/1, Ending.Throw 2/1",
        ]);
    }

    [Test]
    public async Task A_foreground_thread_that_outlives_Main_is_recorded_to_its_end()
    {
        var result = await RunUndisturbed(Start("LeaveAThread"));

        Assert.That(result.Output, Does.Contain("the thread is done"));
        ExpectProfile(DefaultProfile,
            "Program.Main 1/1",
            "Work.Do 2/2 < Ending.WorkLater 1/1, Program.Main 1/1",
            "Work.Step 6/6 < Work.Do 6/6",
            "Work.Leaf 12/12 < Work.Step 12/12",
            "Ending.LeaveThread 1/1 < Program.Main 1/1",
            "Ending.LeaveThread.<lambda> 1/1",
            "Ending.WorkLater 1/1 < Ending.LeaveThread.<lambda> 1/1");
    }

    [Test]
    public async Task A_background_thread_that_calls_on_while_the_profile_is_written()
    {
        await RunUndisturbed(Start("LeaveABusyThread"));

        var rows = CallCounts.In(DefaultProfile);
        Assert.That(rows, Is.SupersetOf(FirstWork));
        Assert.That(rows, Has.One.EqualTo("Ending.WorkForEver 1/1 < Ending.LeaveThread.<lambda> 1/1"));
        var busy = new Stats(DefaultProfile)["Ending.Busy"];
        Assert.That(busy.Calls, Is.Positive);
        Assert.That(busy.PrimitiveCalls, Is.EqualTo(busy.Calls));
        Assert.That(busy.Callers.Single().Value.Calls, Is.EqualTo(busy.Calls));
    }

    [Test]
    public async Task What_runs_when_the_process_exits_is_left_alone()
    {
        var result = await RunUndisturbed(Start("WorkAtExit"));

        Assert.That(result.Output, Does.Contain("worked at exit"));
        ExpectProfile(DefaultProfile, [.. FirstWork, "Ending.WorkAtExit 1/1 < Program.Main 1/1"]);
    }

    [TestCase("FailFast")]
    [TestCase("Kill")]
    public async Task An_abrupt_end_does_not_destroy_an_older_profile(string ending)
    {
        File.WriteAllText(DefaultProfile, "older");

        await RunUndisturbed(Start(ending));

        Assert.That(File.ReadAllText(DefaultProfile), Is.EqualTo("older"));
    }
}
