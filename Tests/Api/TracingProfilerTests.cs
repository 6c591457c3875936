using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Api;

/// <summary>What CPython's own tests of its profiler assert, test by test, for what these do not have elsewhere:
/// <c>test_cprofile</c> is <see cref="ProfileeTextTests"/>, <c>test_run</c>, <c>test_runctx</c> and
/// <c>test_run_with_sort_by_values</c> are <see cref="ProfilerTests"/>, <c>test_profile_enable_disable</c> and
/// <c>test_profile_as_context_manager</c> <see cref="ProfileTests"/>, <c>test_calling_conventions</c>
/// <see cref="Recording.BuiltinsTests"/>, <c>test_second_profiler</c> <see cref="Recording.SwitchingTests"/>; those of the
/// command line are with the tool.</summary>
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public class TracingProfilerTests
{
    static readonly string[] TurnCounts =
    [
        "Switching.Turn 1/1",
        "Switching.Descend 3/1 < Switching.Descend 2/1, Switching.Turn 1/1",
        "Switching.Leaf 6/6 < Switching.Descend 6/6",
    ];

    readonly WovenAssembly scenarios = WovenAssembly.CSharp("Release");

    [Test]
    public void Bad_counter_during_dealloc()
    {
        // A timer that fails on every call, also while recording is switched and forgotten.
        using var profile = new Profile((Func<long>)(() => throw new InvalidCastException("no time")), builtins: false);
        scenarios.Call("Scenarios.Switching", "InsideLevelTwo", (Action)(() => profile.Enable()));
        profile.Clear();
        scenarios.Call("Scenarios.Switching", "TwiceInside", (Action)(() => { }));
        profile.Disable();
        profile.Clear();

        Assert.That(profile.GetStats(), Is.Empty);
        Assert.That(Profile.Current, Is.Null);
    }

    [TestCase(1)]
    [TestCase(2)]
    public void Evil_external_timer(int call)
    {
        // A timer that ends the recording it is the clock of, while it is asked for the time.
        var calls = 0;
        Profile profile = null!;
        var refused = new List<string>();
        profile = new(() =>
        {
            if (++calls == call)
                refused.AddRange(new[] { "Disable", "Clear", "Enable" }.Where(operation => IsRefused(profile, operation)));
            return calls;
        }, 1, builtins: false);
        profile.Enable();
        Turn();

        Assert.That(profile.IsEnabled);
        Assert.That(refused, Is.EqualTo(new[] { "Disable", "Clear", "Enable" }));
        Assert.That(CallCounts.Of(FlatProfile.From(profile.CreateStats())), Is.EquivalentTo(TurnCounts));
    }

    [Test]
    public void A_timer_may_read_the_profile()
    {
        Profile profile = null!;
        var entries = 0;
        profile = new(() =>
        {
            entries = Math.Max(entries, profile.GetStats().Count);
            return 0;
        }, 1, builtins: false);
        profile.Enable();
        Turn();

        Assert.That(CallCounts.Of(FlatProfile.From(profile.CreateStats())), Is.EquivalentTo(TurnCounts));
        Assert.That(entries, Is.EqualTo(2), "what had ended when the last time was read");
    }

    [Test]
    public void A_timer_that_disables_while_the_profile_is_disabled_does_no_harm()
    {
        // Disable asks for the time itself, to end what is still running.
        Profile profile = null!;
        profile = new(() =>
        {
            IsRefused(profile, "Disable");
            return 0;
        }, 1, builtins: false);
        profile.Enable();
        scenarios.Call("Scenarios.Switching", "InsideLevelTwo", (Action)profile.Disable);

        Assert.That(CallCounts.Of(FlatProfile.From(profile.CreateStats())), Is.EquivalentTo(new[]
        {
            "Switching.InsideLevelTwo 1/1", "Switching.LevelTwo 1/1 < Switching.InsideLevelTwo 1/1",
        }));
    }

    [Test]
    public void Clear_with_nested_calls()
    {
        for (var i = 0; i < 100; i++)
        {
            using var profile = new Profile(() => 0, 1, builtins: false);
            profile.Enable();
            scenarios.Call("Scenarios.Switching", "ThreeDeep", (Action)profile.Clear);
            Assert.That(CallCounts.Of(FlatProfile.From(profile.CreateStats())), Is.EqualTo(new[] { "Switching.Leaf 2/2" }));
            profile.Clear();
            Assert.That(profile.GetStats(), Is.Empty);
        }
    }

    [Test]
    public void Throw()
    {
        // An iterator that is left in its midst was called once, like the generator expression in Python's any().
        using var profile = new Profile(Clock.None, builtins: false);
        var numbers = scenarios.Delegate<Func<IEnumerable<int>>>("Scenarios.Counts", "Numbers");

        Assert.That(profile.RunCall(() => numbers().Any(number => number > 0)));
        Assert.That(CallCounts.Of(FlatProfile.From(profile.CreateStats())), Is.EqualTo(new[] { "Counts.Numbers 1/1" }));
    }

    static bool IsRefused(Profile profile, string operation)
    {
        try
        {
            switch (operation)
            {
                case "Disable": profile.Disable(); break;
                case "Clear": profile.Clear(); break;
                default: profile.Enable(); break;
            }
            return false;
        }
        catch (InvalidOperationException e)
        {
            return e.Message.Contains(operation);
        }
    }

    void Turn() => scenarios.Call("Scenarios.Switching", "Turn");
}
