namespace ProfilerWeaver.Tests.Statistics;

/// <summary>The line below the totals that puts the times of a run into perspective.</summary>
public class RunSummaryTests
{
    static readonly ProfileData Run = new()
    {
        Methods = [new("App.cs", 1, "Main")],
        Threads = [new(1, "", Tree()), new(2, "worker", Tree())],
        SecondsPerTick = 0.001,
        Clock = "wall (stopwatch)",
        Duration = TimeSpan.FromMilliseconds(1610),
        JitTime = TimeSpan.FromMilliseconds(412),
        GcPauseTime = TimeSpan.FromMilliseconds(80),
    };

    [Test]
    public void It_has_threads_elapsed_time_clock_JIT_and_GC() => Assert.That(RunSummary.Of(Run),
        Is.EqualTo("2 threads, 1.610 s elapsed, clock: wall (stopwatch), JIT 0.412 s, GC 0.080 s"));

    [Test]
    public void It_leaves_out_what_is_not_known() => Assert.That(
        RunSummary.Of(Run with { Threads = [Run.Threads[0]], Clock = "", JitTime = default, GcPauseTime = default }),
        Is.EqualTo("1 thread, 1.610 s elapsed"));

    [Test]
    public void It_is_printed_on_request_below_the_line_of_pstats()
    {
        var stats = new Stats(Run);
        var asPstats = new StringWriter();
        stats.PrintStats(asPstats);
        stats.Options = new() { ShowRun = true };
        var withRun = new StringWriter();
        stats.PrintStats(withRun);

        const string Totals = "         2 function calls in 0.010 seconds\n";
        Assert.That(asPstats.ToString(), Does.StartWith(Totals + "\n"));
        Assert.That(withRun.ToString(), Is.EqualTo(asPstats.ToString().Replace(Totals, Totals + "         " + RunSummary.Of(Run) + "\n")));
    }

    [Test]
    public void There_is_none_for_several_recordings_or_mere_rows()
    {
        Assert.That(new Stats(Run).Add(Run).RunText, Is.Null);
        Assert.That(new Stats(new Stats(Run).ToArray()).RunText, Is.Null);
    }

    static CallTree Tree()
    {
        var tree = new CallTreeBuilder();
        tree.Enter(0, calls: 1, selfTicks: 5, cumulativeTicks: 5);
        tree.Leave();
        return tree.Build();
    }
}
