using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Api;

/// <summary>Profiles in a program that records itself: what they record is what they would record alone.</summary>
[NonParallelizable]
public class ProfileBesideTests
{
    [Test]
    public void What_it_runs_is_what_it_has_alone([Values] bool builtins)
    {
        var program = WovenAssembly.CSharp("Release").Delegate<Action<int>>("Scenarios.Measurements", "Repeat");
        using var alone = new Profile(Clock.None, builtins: builtins);
        alone.Run(() => program(3)).Run(() => program(4));
        using var automatic = Automatic(Clock.None, builtins);
        automatic.Enable();
        program(1);
        using var beside = new Profile(Clock.None, builtins: builtins);
        beside.Run(() => program(3));
        program(2);
        beside.Run(() => program(4));

        using (Assert.EnterMultipleScope())
        {
            Assert.That(CallCounts.Of(FlatProfile.From(beside.CreateStats())), Is.EqualTo(CallCounts.Of(FlatProfile.From(alone.CreateStats()))));
            Assert.That(automatic.IsEnabled);
            Assert.That(Steps(automatic.CreateStats()), Is.EqualTo(10));
        }
    }

    [Test]
    public void What_recording_adds_is_known_whenever_it_is_read([Values("snapshot", "disable", "clear")] string how)
    {
        using var automatic = Automatic(Clock.Wall);
        automatic.Enable();
        using var profile = new Profile(Clock.Wall);
        profile.Enable();
        for (var i = 0; i < 1000; i++)
            Recorder.Exit(Recorder.Enter(PlainMethods.FirstId));
        // This one measures it before it ends, and clearing the automatic one before measurements end.
        if (how == "disable")
            profile.Disable();
        else if (how == "clear")
            automatic.Clear();

        Assert.That(profile.SnapshotStats().Overhead.CallTicks, Is.GreaterThan(0));
    }

    [Test]
    public void What_was_running_before_is_not_in_it()
    {
        using var automatic = Automatic(Clock.None);
        using var profile = new Profile(Clock.None);
        automatic.Enable();
        var outer = Recorder.Enter(PlainMethods.FirstId);
        var before = Recorder.Enter(PlainMethods.FirstId + 1);
        profile.Enable();
        Leaf();
        Recorder.Exit(before);
        Leaf();
        var running = Recorder.Enter(PlainMethods.FirstId + 3);
        var snapshot = profile.SnapshotStats();
        profile.Disable();
        Recorder.Exit(running);
        Recorder.Exit(outer);

        using (Assert.EnterMultipleScope())
        {
            Assert.That(RowsOf(snapshot), Is.EqualTo(new[] { "M2 2" }));
            Assert.That(RowsOf(profile.CreateStats()), Is.EqualTo(new[] { "M2 2", "M3 1" }));
            Assert.That(RowsOf(automatic.CreateStats()), Is.EquivalentTo(new[] { "M0 1", "M1 1", "M2 2", "M3 1" }));
        }

        static void Leaf() => Recorder.Exit(Recorder.Enter(PlainMethods.FirstId + 2));
    }

    [Test]
    public void It_is_cleared_and_enabled_again_without_the_automatic_one()
    {
        var program = WovenAssembly.CSharp("Release").Delegate<Action<int>>("Scenarios.Measurements", "Repeat");
        using var automatic = Automatic(Clock.None);
        automatic.Enable();
        using var profile = new Profile(Clock.None);
        profile.Enable();
        program(1);
        profile.Clear();
        program(2);
        Assert.That(() => profile.Enable(), Throws.InvalidOperationException.With.Message.StartsWith("This profile is already"));
        profile.Disable();
        program(4);
        profile.Enable();
        program(8);
        automatic.Disable();
        Assert.That(profile.IsEnabled, Is.False);
        profile.Enable();
        program(16);

        Assert.That(Steps(profile.CreateStats()), Is.EqualTo(2 + 8 + 16));
        Assert.That(Steps(automatic.CreateStats()), Is.EqualTo(1 + 2 + 4 + 8));
    }

    [Test]
    public void Cleared_after_the_automatic_one_has_ended_it_has_nothing()
    {
        using var automatic = Automatic(Clock.None);
        automatic.Enable();
        using var profile = new Profile(Clock.None);
        profile.Enable();
        Recorder.Exit(Recorder.Enter(PlainMethods.FirstId));
        automatic.Disable();

        profile.Clear();

        Assert.That(RowsOf(profile.SnapshotStats()), Is.Empty);
        Assert.That(RowsOf(profile.CreateStats()), Is.Empty);
    }

    [Test]
    public void Where_it_cannot_be_the_error_says_why()
    {
        using var automatic = Automatic(Clock.None, builtins: true);
        automatic.Enable();

        using (Assert.EnterMultipleScope())
        {
            Assert.That(() => new Profile(() => 0L).Enable(),
                Throws.InvalidOperationException.With.Message.Contains("another clock (none, not custom timer)").And.Message.Contains("AutoStart"));
            Assert.That(() => new Profile(Clock.None, subcalls: false).Enable(), Throws.InvalidOperationException.With.Message.Contains("with callers"));
            Assert.That(() => new Profile(Clock.None, builtins: false).Enable(), Throws.InvalidOperationException.With.Message.Contains("Builtins"));
            Assert.That(Profile.Current, Is.SameAs(automatic));
        }
    }

    static Profile Automatic(Clock clock, bool builtins = true) => Profile.Automatic(clock, subcalls: true, builtins, compensate: true);

    static long Steps(ProfileData data) => new Stats(data)["Measurements.Step"].Calls;

    static IEnumerable<string> RowsOf(ProfileData data) =>
        FlatProfile.From(data).Select(row => $"{row.Name} {row.Calls}");
}
