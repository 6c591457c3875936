using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Processes;

/// <summary>A signal has the profile written, and does to the program what it would have done without.</summary>
[Platform("Unix,Linux,MacOsX")]
public class SignalTests : ProcessTest
{
    static readonly string[] WaitingWork =
        [.. FirstWork, "Signals.Wait 1/1 < Program.Main 1/1"];

    [TestCase("TERM")]
    [TestCase("INT")]
    [TestCase("HUP")]
    [TestCase("QUIT")]
    public async Task A_signal_that_ends_the_process_leaves_a_profile(string signal)
    {
        var expected = await Signalled(WovenProgram.Original, Start("WaitForSignal"), signal);

        var result = await Signalled(WovenProgram.With(Woven), Start("WaitForSignal"), signal);

        Assert.That(result.ExitCode, Is.EqualTo(expected.ExitCode).And.GreaterThan(128), "ended by the signal itself");
        Assert.That(result.Errors, Is.EqualTo(expected.Errors));
        Assert.That(CallCounts.In(DefaultProfile), Is.EquivalentTo(WaitingWork));
        Assert.That(CallCounts.Of(new Stats(DefaultProfile + ".live")), Is.EquivalentTo(WaitingWork));
    }

    [Test]
    public async Task The_next_run_knows_that_a_signal_had_the_profile_written()
    {
        await Signalled(WovenProgram.With(Woven), Start("WaitForSignal"), "TERM");

        await RunUndisturbed(Start("Return", "0"));

        ExpectProfile(DefaultProfile, FirstWork);
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(1));
    }

    [TestCase("HUP")]
    [TestCase("INT")]
    public async Task A_signal_that_is_ignored_stays_ignored(string signal)
    {
        var start = Start("Wait") with { Shell = $"trap '' {signal}; exec \"$@\"" };
        foreach (var program in new[] { WovenProgram.Original, WovenProgram.With(Woven) })
        {
            var running = await Begin(program, start, "waits");
            running.Send(signal);
            // A second one would find a handler that was taken away by the first.
            running.Send(signal);
            var result = await running.End();
            Assert.That(result.ExitCode, Is.Zero);
            Assert.That(result.Errors, Is.Empty);
        }
        ExpectProfile(DefaultProfile, [.. FirstWork, "Surroundings.WaitForInput 1/1 < Program.Main 1/1"]);
    }

    [TestCase("HandleSignal", "TERM", "Signals.Handle")]
    [TestCase("HandleKeyPress", "INT", "Signals.HandleKeyPress")]
    public async Task A_program_with_a_handler_goes_on_and_is_recorded_to_its_end(
        string scenario, string signal, string method)
    {
        var expected = await Signalled(WovenProgram.Original, Start(scenario), signal);

        var result = await Signalled(WovenProgram.With(Woven), Start(scenario), signal);

        Assert.That(result.ExitCode, Is.EqualTo(expected.ExitCode).And.EqualTo(5));
        Assert.That(result.Output, Is.EqualTo(expected.Output).And.Contain("goes on"));
        Assert.That(result.Errors, Is.EqualTo(expected.Errors));
        var rows = CallCounts.In(DefaultProfile);
        Assert.That(rows, Has.One.EqualTo("Work.Do 2/2 < Program.Main 1/1, Signals.Continue 1/1"));
        Assert.That(rows, Has.One.StartsWith(method + ".<lambda> 1/1"));
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(1), "no live file");
    }

    [Test]
    public async Task A_program_that_outlives_a_signal_and_is_killed_later_loses_nothing()
    {
        var running = await Begin(WovenProgram.With(Woven), Start("OutliveSignal"), "waits");
        running.Send("TERM");
        Assert.That(await running.ReadLine(), Is.EqualTo("goes on"));
        Assert.That(await running.ReadLine(), Is.EqualTo("waits"));
        // The program's handler does not wait for ours, nor ours for it.
        Assert.That(() => File.Exists(DefaultProfile), Is.True.After(30_000, 10));
        Assert.That(CallCounts.In(DefaultProfile), Has.One.StartsWith("Signals.Outlive 1/1"), "written by the signal");
        running.Send("KILL");
        await running.End();

        Assert.That(CallCounts.Of(new Stats(DefaultProfile + ".live")),
            Has.One.EqualTo("Work.Do 2/2 < Program.Main 1/1, Signals.Continue 1/1"));
    }

    [Test]
    public async Task A_signal_before_the_end_of_the_first_call_is_no_reason_to_complain()
    {
        var result = await Signalled(
            WovenProgram.With(Woven with { Include = ["Scenarios.Work.Leaf"] }), Start("WaitForSignal"), "TERM");

        Assert.That(result.Errors, Is.Empty);
        Assert.That(CallCounts.In(DefaultProfile), Is.EquivalentTo(new[] { "Work.Leaf 6/6" }));
    }

    static async Task<ProgramResult> Signalled(WovenProgram program, ProgramStart start, string signal)
    {
        var running = await Begin(program, start, "waits");
        running.Send(signal);
        return await running.End(closeInput: false);
    }

    static async Task<RunningProgram> Begin(WovenProgram program, ProgramStart start, string until)
    {
        var running = program.Begin(start);
        for (var line = await running.ReadLine(); line != until; line = await running.ReadLine())
            Assert.That(line, Is.Not.Null);
        return running;
    }
}
