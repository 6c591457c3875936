using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Api;

/// <summary>How a profile is made, switched, read and printed.</summary>
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public class ProfileTests
{
    static readonly string[] TwiceCounts = ["Commands.Twice 1/1", "Commands.None 1/1 < Commands.Twice 1/1"];

    readonly WovenAssembly scenarios = WovenAssembly.CSharp("Release");

    [TestCase(-0.001)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void A_time_unit_that_is_no_length_of_time_is_refused(double timeUnit) => Assert.That(
        () => new Profile(() => 0, timeUnit),
        Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("time unit must be positive"));

    [Test]
    public void Without_timer_elapsed_time_is_measured()
    {
        using var profile = new Profile(timer: null, timeUnit: 0.0, subcalls: true, builtins: true);

        Assert.That(profile.Run(Twice).CreateStats().Clock, Does.StartWith("wall"));
    }

    [Test]
    public void A_null_timer_or_clock_is_refused_where_it_must_be_meant_otherwise()
    {
        Assert.That(() => new Profile((Func<double>)null!), Throws.ArgumentNullException);
        Assert.That(() => new Profile((Clock)null!), Throws.ArgumentNullException);
    }

    [Test]
    public void A_ready_made_clock_tells_its_unit()
    {
        using var profile = new Profile(Clock.None, builtins: false);
        var data = profile.Run(Twice).CreateStats();

        Assert.That(data.Unit, Is.EqualTo(ClockUnit.None));
        Assert.That(CallCounts.Of(FlatProfile.From(data)), Is.EquivalentTo(TwiceCounts));
        Assert.That(FlatProfile.From(data).Sum(row => row.TotalTime), Is.Zero);
    }

    [Test]
    public void It_is_enabled_from_Enable_to_Disable_and_then_current()
    {
        using var profile = NewProfile();
        Assert.That((profile.IsEnabled, Profile.Current), Is.EqualTo((false, (Profile?)null)));
        profile.Enable();
        Assert.That((profile.IsEnabled, Profile.Current), Is.EqualTo((true, profile)));
        profile.Disable();
        Assert.That((profile.IsEnabled, Profile.Current), Is.EqualTo((false, (Profile?)null)));
    }

    [Test]
    public void Started_it_records_until_it_is_disposed()
    {
        Profile profile;
        using (profile = Profile.Start())
        {
            Assert.That(Profile.Current, Is.SameAs(profile));
            Twice();
        }
        Twice();

        Assert.That(Profile.Current, Is.Null);
        Assert.That(CountsOf(profile), Is.EquivalentTo(TwiceCounts));
    }

    [Test]
    public void Disposed_it_can_be_enabled_again()
    {
        var profile = NewProfile();
        for (var i = 0; i < 2; i++)
        {
            using (profile)
            {
                profile.Enable();
                Twice();
            }
        }

        Assert.That(CountsOf(profile), Is.EquivalentTo(new[]
        {
            "Commands.Twice 2/2", "Commands.None 2/2 < Commands.Twice 2/2",
        }));
    }

    [Test]
    public void What_the_constructor_says_of_subcalls_and_builtins_holds_until_Enable_says_otherwise()
    {
        using var profile = new Profile(Time, 0.001, subcalls: false, builtins: false);
        profile.Enable();
        Join();
        Assert.That(Lines(), Is.EqualTo(new[] { "Commands.Join 1/1", "Commands.Twice 1/1", "Commands.None 1/1" }));
        profile.Enable(subcalls: true);
        Join();
        Assert.That(Lines(), Does.Contain("Commands.None 2/2 < Commands.Twice 1/1").And.None.Contains("Concat"));
        profile.Enable(builtins: true);
        Join();
        Assert.That(Lines(), Does.Contain("<System.String.Concat> 1/1 < Commands.Join 1/1"));
        profile.Enable(subcalls: false, builtins: false);
        Join();
        Assert.That(Lines(), Does.Contain("Commands.None 4/4 < Commands.Twice 2/2"));
        profile.Enable();
        Join();
        Assert.That(Lines(), Does.Contain("Commands.None 5/5 < Commands.Twice 2/2"), "as it was left");

        string[] Lines() => CountsOf(profile);

        void Join()
        {
            scenarios.Call("Scenarios.Commands", "Join", "a", "b", "c");
            Twice();
            profile.Disable();
        }
    }

    [Test]
    public void Its_entries_are_those_of_the_engine()
    {
        using var profile = NewProfile();
        profile.Run(scenarios.Delegate<Action>("Scenarios.Counts", "MutualRecursion"));

        var entries = profile.GetStats();
        var a = Entry("A");
        var b = Entry("B");
        Assert.That((a.CallCount, a.RecursiveCallCount, a.InlineTime, a.CumulativeTime), Is.EqualTo((3, 2, 0.006, 0.046)));
        Assert.That((b.CallCount, b.RecursiveCallCount, b.InlineTime, b.CumulativeTime), Is.EqualTo((2, 1, 0.040, 0.044)));
        Assert.That(a.Calls, Is.EqualTo(new[] { new ProfileSubentry(b.Method, 2, 1, 0.044, 0.040) }));
        Assert.That(b.Calls, Is.EqualTo(new[] { new ProfileSubentry(a.Method, 2, 1, 0.024, 0.004) }));
        Assert.That(Entry("MutualRecursion").Calls.Single().Method, Is.EqualTo(a.Method));

        ProfileEntry Entry(string name) => entries.Single(entry => entry.Method.Name == "Scenarios.Counts." + name);
    }

    [Test]
    public void Without_subcalls_entries_have_no_calls()
    {
        using var profile = new Profile(Time, 0.001, subcalls: false, builtins: false);
        profile.Run(scenarios.Delegate<Action>("Scenarios.Counts", "MutualRecursion"));

        Assert.That(profile.GetStats().Select(entry => entry.Calls), Has.Exactly(3).Empty.And.All.Empty);
    }

    [Test]
    public void Entries_of_a_running_profile_leave_out_what_has_not_ended_and_its_calls()
    {
        using var profile = NewProfile();
        IReadOnlyList<ProfileEntry> entries = [];
        profile.Enable();
        scenarios.Call("Scenarios.Switching", "TwiceInside", (Action)(() => entries = profile.GetStats()));

        Assert.That(entries.Single(), Is.EqualTo(new ProfileEntry(entries[0].Method, 3, 0, 0.012, 0.012, entries[0].Calls)));
        Assert.That(entries[0].Method.Name, Is.EqualTo("Scenarios.Switching.Leaf"));
        Assert.That(entries[0].Calls, Is.Empty);
        Assert.That(profile.IsEnabled);
    }

    [Test]
    public void An_empty_profile_has_no_entries() => Assert.That(new Profile().GetStats(), Is.Empty);

    [Test]
    public void PrintStats_ends_the_recording_and_prints_by_standard_name_without_folders()
    {
        using var profile = NewProfile();
        profile.Enable();
        Twice();

        Assert.That(ConsoleText.Of(profile.PrintStats), Is.EqualTo("""
                     2 function calls in 0.003 seconds

               Ordered by: standard name

               ncalls  tottime  percall  cumtime  percall filename:lineno(function)
                    1    0.002    0.002    0.003    0.003 Commands.cs:14(Scenarios.Commands.Twice)
                    1    0.001    0.001    0.001    0.001 Commands.cs:8(Scenarios.Commands.None)



            """));
        Assert.That(profile.IsEnabled, Is.False);
    }

    [Test]
    public void PrintStats_takes_one_key_or_several_as_names_or_constants()
    {
        using var profile = NewProfile();
        profile.Run(Twice);

        Assert.That(ConsoleText.Of(() => profile.PrintStats("cumulative")), Does.Contain("Ordered by: cumulative time\n"));
        Assert.That(ConsoleText.Of(() => profile.PrintStats("tottime", "stdname")),
            Does.Contain("Ordered by: internal time, standard name\n"));
        Assert.That(ConsoleText.Of(() => profile.PrintStats(SortKey.Calls, SortKey.Line)),
            Does.Contain("Ordered by: call count, line number\n"));
    }

    [Test]
    public void A_sort_key_that_is_none_leaves_the_recording_alone()
    {
        using var profile = NewProfile();
        profile.Enable();

        Assert.That(() => profile.PrintStats("bogus"), Throws.ArgumentException.With.Message.Contains("tottime"));
        Assert.That(() => profile.PrintStats((SortKey)99), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(profile.IsEnabled);
    }

    [Test]
    public void An_empty_profile_prints_a_table_without_rows_and_writes_no_file()
    {
        using var folder = new TemporaryFolder();
        using var profile = new Profile();

        Assert.That(ConsoleText.Of(profile.PrintStats), Does.StartWith("         0 function calls in 0.000 seconds"));
        Assert.That(() => profile.DumpStats(folder.File("empty.prof")), Throws.InstanceOf<EmptyProfileException>());
        Assert.That(Directory.GetFiles(folder.Location), Is.Empty);
    }

    [Test]
    public void A_profile_that_could_not_be_written_is_still_there()
    {
        using var folder = new TemporaryFolder();
        using var profile = NewProfile();
        profile.Run(Twice);

        Assert.That(() => profile.DumpStats(folder.File("missing/a.prof")), Throws.InstanceOf<IOException>());
        profile.DumpStats(folder.File("a.prof"));
        Assert.That(CallCounts.In(folder.File("a.prof")), Is.EquivalentTo(TwiceCounts));
    }

    Func<long> Time => scenarios.Delegate<Func<long>>("Scenarios.Time", "Read");

    Profile NewProfile() => new(Time, 0.001, builtins: false);

    void Twice() => scenarios.Call("Scenarios.Commands", "Twice", 4);

    static string[] CountsOf(Profile profile) => CallCounts.Of(FlatProfile.From(profile.SnapshotStats()));
}
