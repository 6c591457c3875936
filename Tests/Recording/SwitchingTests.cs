using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Recording is switched on, off and anew in the midst of calls; the figures are CPython's.</summary>
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public class SwitchingTests
{
    readonly WovenAssembly scenarios = WovenAssembly.CSharp("Release");

    [Test]
    public void Disable_counts_the_open_frames_as_ended()
    {
        using var profile = NewProfile();
        profile.Enable();
        Run("InsideLevelTwo", profile.Disable);

        Expect(profile, """
            InsideLevelTwo 1/1 5 12
            LevelTwo 1/1 7 7
              < InsideLevelTwo 1/1 7 7

            """);
    }

    [Test]
    public void Enable_in_the_middle_of_the_stack_records_only_what_is_called_from_then_on()
    {
        using var profile = NewProfile();
        Run("InsideLevelTwo", () => profile.Enable());

        Expect(profile, """
            After 1/1 3 3

            """);
    }

    [Test]
    public void Clear_three_frames_deep_forgets_the_open_frames()
    {
        using var profile = NewProfile();
        profile.Enable();
        Run("ThreeDeep", profile.Clear);

        Expect(profile, """
            Leaf 2/2 8 8

            """);
    }

    [Test]
    public void Clear_keeps_a_disabled_profile_disabled()
    {
        using var profile = NewProfile();
        profile.Enable();
        Run("ThreeDeep", profile.Disable);
        profile.Clear();
        Run("ThreeDeep", () => { });

        Expect(profile, "");
    }

    [Test]
    public void Disabled_and_enabled_at_once_the_frames_around_are_left_behind()
    {
        using var profile = NewProfile();
        profile.Enable();
        Run("ThreeDeep", () =>
        {
            profile.Disable();
            profile.Enable();
        });

        Expect(profile, """
            Leaf 2/2 8 8
            LevelB 1/1 0 1
              < ThreeDeep 1/1 0 1
            LevelC 1/1 1 1
              < LevelB 1/1 1 1
            ThreeDeep 1/1 0 1

            """);
    }

    [Test]
    public void Enabled_in_one_frame_and_disabled_in_a_deeper_one()
    {
        using var profile = NewProfile();
        Run("TwiceInside", () => Toggle(profile));

        Expect(profile, """
            Innermost 1/1 0 4
            Leaf 2/2 8 8
              < Innermost 1/1 4 4

            """);
    }

    [Test]
    public void Disabled_in_one_frame_and_enabled_in_a_deeper_one()
    {
        using var profile = NewProfile();
        profile.Enable();
        Run("TwiceInside", () => Toggle(profile));

        Expect(profile, """
            Inner 1/1 0 0
              < TwiceInside 1/1 0 0
            Leaf 4/4 16 16
              < TwiceInside 1/1 4 4
            TwiceInside 1/1 0 4

            """);
    }

    [Test]
    public void An_exception_may_pass_the_frame_that_enabled()
    {
        using var profile = NewProfile();
        Run("ThrownThrough", () => profile.Enable());

        Expect(profile, """
            Leaf 1/1 4 4

            """);
    }

    [Test]
    public void An_exception_may_pass_the_frame_that_disabled_and_enabled()
    {
        using var profile = NewProfile();
        profile.Enable();
        Run("ThrownThrough", () =>
        {
            profile.Disable();
            profile.Enable();
        });

        Expect(profile, """
            Leaf 1/1 4 4
            Thrower 1/1 1 1
              < ThrownThrough 1/1 1 1
            ThrownThrough 1/1 0 1

            """);
    }

    [Test]
    public void Enabled_twice_a_profile_says_so_and_goes_on()
    {
        using var profile = NewProfile();
        profile.Enable();
        var exception = Assert.Throws<InvalidOperationException>(() => profile.Enable());
        Turn();

        Assert.That(exception!.Message, Does.StartWith("This profile is already recording"));
        Expect(profile, TurnRows);
    }

    [Test]
    public void A_second_profile_is_refused_until_the_first_is_disabled()
    {
        using var first = NewProfile();
        using var second = NewProfile();
        first.Enable();
        var exception = Assert.Throws<InvalidOperationException>(() => second.Enable());
        Assert.That(Profile.Current, Is.SameAs(first));
        Turn();
        first.Disable();
        second.Enable();
        Run("InsideLevelTwo", second.Disable);

        Assert.That(exception!.Message, Does.StartWith("Another profile is already recording"));
        Expect(first, TurnRows);
        Expect(second, """
            InsideLevelTwo 1/1 5 12
            LevelTwo 1/1 7 7
              < InsideLevelTwo 1/1 7 7

            """);
    }

    [Test]
    public void Disposed_twice_nothing_more_happens()
    {
        var profile = NewProfile();
        profile.Enable();
        Turn();
        profile.Dispose();
        profile.Dispose();
        Turn();

        Assert.That(Profile.Current, Is.Null);
        Expect(profile, TurnRows);
    }

    [Test]
    public void Recordings_of_one_profile_add_up()
    {
        using var profile = NewProfile();
        for (var i = 0; i < 3; i++)
        {
            profile.Enable();
            Turn();
            profile.Disable();
            Turn();
        }

        Expect(profile, """
            Descend 9/3 0 72
              < Descend 6/3 0 48
              < Turn 3/3 0 72
            Leaf 18/18 72 72
              < Descend 18/18 72 72
            Turn 3/3 0 72

            """);
    }

    [Test]
    public void A_snapshot_leaves_out_the_open_frames_and_recording_goes_on()
    {
        using var profile = NewProfile();
        ProfileData? middle = null;
        profile.Enable();
        Run("TwiceInside", () => middle = profile.SnapshotStats());

        Assert.That(Text(middle!), Is.EqualTo("""
            Leaf 3/3 12 12

            """));
        Expect(profile, """
            Inner 1/1 0 16
              < TwiceInside 1/1 0 16
            Innermost 1/1 0 8
              < Inner 1/1 0 8
            Leaf 6/6 24 24
              < Inner 2/2 8 8
              < Innermost 2/2 8 8
              < TwiceInside 2/2 8 8
            TwiceInside 1/1 0 24

            """);
    }

    const string TurnRows = """
        Descend 3/1 0 24
          < Descend 2/1 0 16
          < Turn 1/1 0 24
        Leaf 6/6 24 24
          < Descend 6/6 24 24
        Turn 1/1 0 24

        """;

    Profile NewProfile() => new(scenarios.Delegate<Func<long>>("Scenarios.Time", "Read"), 0.001, builtins: false);

    void Turn() => scenarios.Call("Scenarios.Switching", "Turn");

    void Run(string method, Action atSwitch) => scenarios.Call("Scenarios.Switching", method, atSwitch);

    static void Toggle(Profile profile)
    {
        if (Profile.Current is null)
            profile.Enable();
        else
            profile.Disable();
    }

    static string Text(ProfileData data) => ProfileText.Of(data, "Scenarios.Switching.");

    static void Expect(Profile profile, string expected) =>
        Assert.That(Text(profile.CreateStats()), Is.EqualTo(expected));
}
