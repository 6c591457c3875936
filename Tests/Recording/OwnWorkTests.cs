using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>What the recorder does itself in the midst of a call is in no row: not in the method's, and not in those of its
/// callers. The clock advances by a second in each such piece of work, and otherwise stands still.</summary>
[NonParallelizable]
public unsafe class OwnWorkTests
{
    const int Times = 1000;

    static long s_now;

    static int Id => PlainMethods.FirstId;

    [Test]
    public void First_calls_of_contexts_and_all_that_grows_for_them([Values] bool subcalls)
    {
        var first = PlainMethods.Register(Times);

        ExpectNothing(subcalls, limit: null, () =>
        {
            for (var i = 0; i < Times; i++)
                Recorder.Exit(Recorder.Enter(first + i));
        });
    }

    [Test]
    public void Deeper_and_deeper_stacks([Values] bool subcalls) => ExpectNothing(subcalls, limit: null, () => Descend(Times));

    [Test]
    public void Truncated_calls([Values] bool subcalls) => ExpectNothing(subcalls, limit: 0, () =>
    {
        for (var i = 0; i < Times; i++)
        {
            var outer = Recorder.Enter(Id + 3);
            Recorder.Exit(Recorder.Enter(Id + 4));
            Recorder.Exit(outer);
        }
    });

    [Test]
    public void Truncated_calls_that_an_exception_ends() => ExpectNothing(subcalls: true, limit: 0, () =>
    {
        for (var i = 0; i < Times; i++)
        {
            var outer = Recorder.Enter(Id + 3);
            Recorder.Enter(Id + 4);
            Recorder.Enter(Id + 5);
            Recorder.Exit(outer);
        }
    });

    [Test]
    public void Modules_that_are_loaded() => ExpectNothing(subcalls: true, limit: null, () =>
    {
        var (table, length) = PlainMethods.TableOf(3);
        for (var i = 0; i < Times; i++)
            Recorder.Register(table, length);
    });

    [Test]
    public void Snapshots() => ExpectNothing(subcalls: true, limit: null, () =>
    {
        for (var i = 0; i < Times; i++)
            Profile.Current!.SnapshotStats();
    });

    [Test]
    public void A_timer_of_the_users_is_read_twice_a_call()
    {
        var reads = 0;
        using var profile = new Profile(() => reads++, 1);
        profile.Enable();
        Recorder.Exit(Recorder.Enter(Id));
        reads = 0;
        var first = PlainMethods.Register(Times);
        for (var i = 0; i < Times; i++)
            Recorder.Exit(Recorder.Enter(first + i));
        _ = profile.SnapshotStats();

        Assert.That(reads, Is.EqualTo(2 * Times));
    }

    [Test]
    public void A_look_of_the_sampler_while_the_recorder_is_at_work_charges_nobody()
    {
        var time = new StandingTime();
        var first = PlainMethods.Register(Times);
        using var profile = new Profile(Clock.MakeSampled("by hand", time, 1, Timeout.InfiniteTimeSpan));
        profile.Enable();
        var outer = Recorder.Enter(Id);
        WithOwnWork(
            () =>
            {
                time.Now++;
                Recorder.Sampler!.Look();
            },
            () =>
            {
                for (var i = 0; i < Times; i++)
                    Recorder.Exit(Recorder.Enter(first + i));
            });
        Recorder.Exit(outer);

        Assert.That(time.Now, Is.GreaterThanOrEqualTo(Times));
        Assert.That(FlatProfile.From(profile.CreateStats()).Sum(row => row.TotalTime), Is.Zero);
    }

    static void ExpectNothing(bool subcalls, long? limit, Action action)
    {
        s_now = 0;
        var usual = RecorderMemory.OfProcess.Limit;
        using var profile = new Profile(Clock.MakeRead("standing", &ReadNow, 1), subcalls);
        try
        {
            RecorderMemory.OfProcess.Limit = limit ?? usual;
            profile.Enable();
            var outermost = Recorder.Enter(Id);
            var outer = Recorder.Enter(Id + 1);
            WithOwnWork(() => s_now++, action);
            s_now += 7;
            Recorder.Exit(outer);
            Recorder.Exit(outermost);
        }
        finally
        {
            RecorderMemory.OfProcess.Limit = usual;
        }

        Assert.That(s_now, Is.GreaterThan(7), "something was done");
        var rows = FlatProfile.From(profile.CreateStats() with { Compensate = false });
        Assert.That(rows.Where(row => row.TotalTime != 0).Select(row => (row.Name, row.TotalTime)), Is.EqualTo(new[] { ("M1", 7.0) }));
        Assert.That(rows.Where(row => row.CumulativeTime != 0).Select(row => (row.Name, row.CumulativeTime)),
            Is.EquivalentTo(new[] { ("M0", 7.0), ("M1", 7.0) }));
    }

    static long ReadNow() => s_now;

    static void WithOwnWork(Action atOwnWork, Action action)
    {
        try
        {
            Recorder.AtOwnWork = atOwnWork;
            action();
        }
        finally
        {
            Recorder.AtOwnWork = null;
        }
    }

    static void Descend(int depth)
    {
        if (depth == 0)
            return;
        var token = Recorder.Enter(Id + 2);
        Descend(depth - 1);
        Recorder.Exit(token);
    }

    sealed class StandingTime : SampledTime
    {
        public override bool IsReal => false;

        public long Now { get; set; }

        public override int ClockOfThisThread() => 0;

        public override long Read(int clock) => Now;
    }
}
