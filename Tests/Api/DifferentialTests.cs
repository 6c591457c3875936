using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Api;

/// <summary>Woven programs that call, recur and throw at random, on one thread or several, give the figures of CPython's
/// engine: those of the port in these tests, and those of the model that the port was made after, where it is at
/// hand.</summary>
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public class DifferentialTests
{
    const int Programs = 400;

    // In the long form more: PROFILERWEAVER_PROGRAMS=4000.
    static int Seeds => int.Parse(Environment.GetEnvironmentVariable("PROFILERWEAVER_PROGRAMS") ?? "800") / Programs;

    static IEnumerable<int> SeedsFrom1 => Enumerable.Range(1, Seeds);

    static readonly WovenAssembly Scenarios = WovenAssembly.CSharp("Release");
    static readonly Action<int[], Action<int>> RunTape = Scenarios.Delegate<Action<int[], Action<int>>>("Scenarios.Tape", "Run");
    static readonly Func<long> Time = Scenarios.Delegate<Func<long>>("Scenarios.Tape", "Read");

    [Test]
    public void Rows_and_callers_are_those_of_the_engine([ValueSource(nameof(SeedsFrom1))] int seed)
    {
        var random = new Random(seed);
        var programs = Enumerable.Range(0, Programs).Select(_ => RandomTape.Program(random)).ToArray();
        var model = LsprofModel.Run(programs);
        for (var i = 0; i < programs.Length; i++)
        {
            var description = $"seed {seed}, program {i}";
            var engine = EngineFigures.Of(programs[i]);
            Assert.That(Record(programs[i]), Is.EqualTo(engine.Text), description);
            if (model is not null)
                Assert.That(engine.Text, Is.EqualTo(model[i].Text), $"{description}: the port and the model disagree");
        }
    }

    [Test]
    public void The_programs_have_all_that_can_go_wrong()
    {
        var random = new Random(1);
        var events = Enumerable.Range(0, Programs).SelectMany(_ => RandomTape.Program(random)).ToArray();
        var rows = events.SelectMany(thread => EngineFigures.Of([thread]).Rows).ToArray();

        Assert.That(rows.Count(row => row.Figures.PrimitiveCalls < row.Figures.Calls), Is.GreaterThan(Programs / 4), "recursion");
        Assert.That(events.Count(thread => thread.Exceptions > 0), Is.GreaterThan(Programs / 4), "exceptions");
        Assert.That(events.Count(thread => thread.Switches > 0), Is.GreaterThan(Programs / 10), "switching");
        Assert.That(events, Has.Length.GreaterThan(Programs + Programs / 4), "threads");
    }

    static string Record(RandomTape[] program)
    {
        using var profile = new Profile(Time, 1, builtins: false);
        profile.Enable();
        if (program.Length == 1)
            RunTape(program[0].Instructions, ticks => Switch(profile, ticks));
        else
            RunOnThreads(program);
        return EngineFigures.Of(FlatProfile.From(profile.CreateStats())).Text;
    }

    static void Switch(Profile profile, int choice)
    {
        if (choice % 2 == 0)
        {
            profile.Clear();
            return;
        }
        profile.Disable();
        profile.Enable();
    }

    static void RunOnThreads(RandomTape[] program)
    {
        using var start = new Barrier(program.Length);
        var threads = program.Select(tape => new Thread(() =>
        {
            start.SignalAndWait();
            RunTape(tape.Instructions, _ => { });
        })).ToArray();
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();
    }
}
