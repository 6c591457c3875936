using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>The longest call of each method, by a clock that the test sets.</summary>
[NonParallelizable]
public class SlowestTests
{
    long now;

    [Test]
    public void It_is_the_longest_of_all_calls([Values] bool subcalls)
    {
        using var profile = Begin(subcalls);
        Call(0, 3, () => Call(1, 5));
        Call(0, 1, () => Call(1, 40));
        Call(0, 2, () => Call(1, 6));

        Assert.That(SlowestOf(profile.CreateStats()), Is.EqualTo("M0 41 M1 40"));
    }

    [Test]
    public void Of_recursion_it_is_the_outermost_call([Values] bool subcalls)
    {
        using var profile = Begin(subcalls);
        Call(0, 1, () => Call(0, 2, () => Call(0, 4)));

        Assert.That(SlowestOf(profile.CreateStats()), Is.EqualTo("M0 7"));
    }

    [Test]
    public void A_call_that_is_open_counts_up_to_now([Values] bool subcalls)
    {
        using var profile = Begin(subcalls);
        Call(0, 5);
        var ended = "";
        Call(0, 20, () => ended = SlowestOf(profile.SnapshotStats()));
        var token = Recorder.Enter(PlainMethods.FirstId);
        now += 30;
        var stats = profile.CreateStats();
        now += 100;
        Recorder.Exit(token);

        Assert.That((ended, SlowestOf(stats)), Is.EqualTo(("M0 5", "M0 30")));
    }

    [Test]
    public void What_was_cleared_is_not_in_it()
    {
        using var profile = Begin();
        Call(0, 50);
        profile.Clear();
        Call(0, 4);

        Assert.That(SlowestOf(profile.CreateStats()), Is.EqualTo("M0 4"));
    }

    [Test]
    public void A_window_knows_it_where_no_longer_call_was_before()
    {
        using var profile = Begin();
        Call(0, 10);
        Call(1, 10);
        var token = Recorder.Enter(PlainMethods.FirstId + 4);
        using var window = Profile.Measure(Extent.Thread);
        Call(5, 3);
        Recorder.Exit(token);
        Call(0, 11);
        Call(1, 9);
        Call(2, 7);
        Call(4, 1);

        Assert.That(SlowestOf(window.Stop()), Is.EqualTo("M0 11 M1 ? M4 ? M5 3 M2 7"));
    }

    [Test]
    public void Without_a_clock_there_is_none([Values] bool subcalls)
    {
        using var profile = new Profile(Clock.None, subcalls);
        profile.Enable();
        Call(0, 3);

        Assert.That(SlowestOf(profile.CreateStats()), Is.EqualTo("M0 ?"));
    }

    [Test]
    public void Several_threads_and_profiles_have_the_longest_of_all()
    {
        using var profile = Begin();
        Call(0, 3);
        var other = new Thread(() => Call(0, 8));
        other.Start();
        other.Join();
        var first = profile.CreateStats();
        profile.Clear();
        Call(0, 5);
        var second = profile.CreateStats();

        Assert.That(SlowestOf(first), Is.EqualTo("M0 8"));
        Assert.That(new Stats(second).Add(new Stats(first)).Rows.Single().SlowestTime, Is.EqualTo(8));
    }

    [Test]
    public void What_recording_added_is_taken_off_it()
    {
        // Of a hundred calls that took nothing, 10 ticks each as it is measured, one was held up: it loses what one call does. Of two,
        // the one with all the callees loses what they added.
        var heldUp = Compensated(calls: 100, self: 99 * 10 + 110, slowest: 110);
        var caller = Compensated(calls: 2, self: 1 + 2039, slowest: 2039, callees: 100);

        Assert.That((heldUp, caller), Is.EqualTo((101, 39)));
    }

    [Test]
    public void Where_waits_are_left_out_who_waited_has_none()
    {
        var tree = new TreeBuilder();
        var (main, wait, work) = (tree.Method("Main"), tree.Method(MethodLabel.External("System.Threading.Thread.Sleep")), tree.Method("Work"));
        tree.Call(main, () =>
        {
            tree.Call(wait, () => tree.Now += 100);
            tree.Call(work, () => tree.Now += 7);
        });

        Assert.That(FlatProfile.From(BlockingWaits.LeftOut(tree.Build())).Select(row => $"{row.Name} {row.SlowestTime}"),
            Is.EqualTo(new[] { "Main 0", "<System.Threading.Thread.Sleep> 0", "Work 7" }));
    }

    static long Compensated(int calls, long self, long slowest, int callees = 0)
    {
        var profile = new ProfileData
        {
            Methods = [new("a.cs", 1, "A"), new("a.cs", 2, "B")],
            SecondsPerTick = 1,
            Overhead = new(CallTicks: 20, LeastTicks: 10),
            Compensate = true,
            Threads =
            [
                new(1, "", new TestNode
                {
                    Method = -1,
                    Children =
                    [
                        new()
                        {
                            Method = 0,
                            Calls = calls,
                            SelfTicks = self,
                            CumulativeTicks = self,
                            SlowestTicks = slowest,
                            Children = callees == 0 ? [] : [new() { Method = 1, Calls = callees }],
                        },
                    ],
                }.ToTree()),
            ],
        };
        return profile.Compensated().Threads[0].Root.Children.First().SlowestTicks;
    }

    Profile Begin(bool subcalls = true)
    {
        var profile = new Profile(() => now, 1, subcalls);
        profile.Enable();
        return profile;
    }

    void Call(int method, long ticks, Action? callees = null)
    {
        var token = Recorder.Enter(PlainMethods.FirstId + method);
        now += ticks;
        callees?.Invoke();
        Recorder.Exit(token);
    }

    static string SlowestOf(ProfileData data) => string.Join(' ',
        FlatProfile.From(data).Select(row => $"{row.Name} {(row.SlowestTime == 0 ? "?" : row.SlowestTime)}"));
}
