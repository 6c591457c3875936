using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Clocks of the user's that misbehave: the calls are counted all the same.</summary>
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public class TimerTests
{
    static readonly string[] Counts =
    [
        "Switching.Turn 1/1",
        "Switching.Descend 3/1 < Switching.Descend 2/1, Switching.Turn 1/1",
        "Switching.Leaf 6/6 < Switching.Descend 6/6",
    ];

    readonly WovenAssembly scenarios = WovenAssembly.CSharp("Release");

    [Test]
    public void A_timer_that_throws_counts_as_0()
    {
        using var profile = new Profile(() => throw new InvalidOperationException("no time"), 1, builtins: false);
        profile.Enable();
        Turn();

        var rows = FlatProfile.From(profile.CreateStats());
        Assert.That(CallCounts.Of(rows), Is.EquivalentTo(Counts));
        Assert.That(rows.Select(row => (row.TotalTime, row.CumulativeTime)), Is.All.EqualTo((0.0, 0.0)));
        Assert.That(Profile.Current, Is.Null);
    }

    [Test]
    public void A_timer_that_goes_backwards_gives_negative_times_that_a_file_can_hold()
    {
        var time = 0L;
        using var profile = new Profile(() => --time, 1, builtins: false);
        profile.Enable();
        Turn();

        var data = profile.CreateStats();
        // Two reads an activation, and each passes one unit: a leaf lasts -1, the turn -19.
        Assert.That(new Stats(data)["Switching.Leaf"].TotalTime, Is.EqualTo(-6));
        Assert.That(new Stats(data)["Switching.Turn"].CumulativeTime, Is.EqualTo(-19));
        using var folder = new TemporaryFolder();
        ProfFile.Write(data, folder.File("backwards.prof"));
        Assert.That(CallCounts.In(folder.File("backwards.prof")), Is.EquivalentTo(Counts));
    }

    [Test]
    public void What_a_timer_calls_is_not_recorded()
    {
        var time = 0L;
        using var profile = new Profile(
            () =>
            {
                Turn();
                return time++;
            },
            1,
            builtins: false);
        ProfileData? middle = null;
        profile.Enable();
        scenarios.Call("Scenarios.Switching", "InsideLevelTwo", (Action)(() => middle = profile.SnapshotStats()));

        Assert.That(FlatProfile.From(middle!), Is.Empty);
        Assert.That(CallCounts.Of(FlatProfile.From(profile.CreateStats())), Is.EquivalentTo(new[]
        {
            "Switching.InsideLevelTwo 1/1",
            "Switching.LevelTwo 1/1 < Switching.InsideLevelTwo 1/1",
            "Switching.After 1/1 < Switching.InsideLevelTwo 1/1",
        }));
    }

    [Test]
    public void Seconds_are_kept_in_whole_nanoseconds_rounded_down()
    {
        var seconds = 0.0;
        using var profile = new Profile(() => seconds, builtins: false);
        profile.Enable();
        scenarios.Call("Scenarios.Switching", "InsideLevelTwo", (Action)(() => seconds = 1.0000000019));
        Assert.That(new Stats(profile.CreateStats())["Switching.LevelTwo"].TotalTime, Is.EqualTo(1.000000001).Within(1e-15));

        profile.Clear();
        seconds = 0;
        profile.Enable();
        scenarios.Call("Scenarios.Switching", "InsideLevelTwo", (Action)(() => seconds = -1.0000000011));
        Assert.That(new Stats(profile.CreateStats())["Switching.LevelTwo"].TotalTime, Is.EqualTo(-1.000000002).Within(1e-15));
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(-1e300)]
    public void Seconds_that_are_no_time_count_as_0(double nonsense)
    {
        using var profile = new Profile(() => nonsense, builtins: false);
        profile.Enable();
        Turn();

        var rows = FlatProfile.From(profile.CreateStats());
        Assert.That(CallCounts.Of(rows), Is.EquivalentTo(Counts));
        Assert.That(rows.Select(row => (row.TotalTime, row.CumulativeTime)), Is.All.EqualTo((0.0, 0.0)));
    }

    [Test]
    public void Without_a_unit_whole_numbers_are_seconds()
    {
        var seconds = 0L;
        using var profile = new Profile(() => seconds, builtins: false);
        profile.Enable();
        scenarios.Call("Scenarios.Switching", "InsideLevelTwo", (Action)(() => seconds += 3));

        Assert.That(new Stats(profile.CreateStats())["Switching.InsideLevelTwo"].CumulativeTime, Is.EqualTo(3));
    }

    [Test]
    public void Numbers_at_the_ends_of_their_range_are_subtracted_without_an_error()
    {
        var random = new Random(1);
        using var profile = new Profile(() => random.Next(2) == 0 ? long.MinValue : long.MaxValue, 1, builtins: false);
        profile.Enable();
        Turn();

        Assert.That(CallCounts.Of(FlatProfile.From(profile.CreateStats())), Is.EquivalentTo(Counts));
    }

    [Test]
    public void A_timer_that_fails_now_and_then_counts_as_0_then()
    {
        var calls = 0;
        using var profile = new Profile(() => ++calls % 2 == 0 ? throw new TimeoutException() : 1000, 1, builtins: false);
        profile.Enable();
        scenarios.Call("Scenarios.Commands", "None");

        Assert.That(new Stats(profile.CreateStats()).TotalTime, Is.EqualTo(-1000), "from 1000 to 0");
    }

    void Turn() => scenarios.Call("Scenarios.Switching", "Turn");
}
