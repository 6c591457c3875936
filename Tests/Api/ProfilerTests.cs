using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Api;

/// <summary>A command run and reported in one call.</summary>
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public class ProfilerTests
{
    static readonly string[] TwiceCounts = ["Commands.Twice 1/1", "Commands.None 1/1 < Commands.Twice 1/1"];

    readonly WovenAssembly scenarios = WovenAssembly.CSharp("Release");

    [Test]
    public void The_report_is_printed_by_standard_name() => Assert.That(ConsoleText.Of(() => Profiler.Run(Twice)),
        Does.Match(@"\A         2 function calls in \d\.\d{3} seconds\n\n   Ordered by: standard name\n\n" +
            @"   ncalls .*\n        1 .* Commands\.cs:14\(Scenarios\.Commands\.Twice\)\n        1 .*None\)\n\n\n\Z"));

    [Test]
    public void The_report_is_printed_by_the_keys_that_are_asked_for()
    {
        Assert.That(ConsoleText.Of(() => Profiler.Run(Twice, sort: "tottime")), Does.Contain("Ordered by: internal time\n"));
        Assert.That(ConsoleText.Of(() => Profiler.Run(Twice, sort: ["tottime", "stdname"])),
            Does.Contain("Ordered by: internal time, standard name\n"));
        Assert.That(ConsoleText.Of(() => Profiler.Run(Twice, null, SortKey.Calls, SortKey.Name)),
            Does.Contain("Ordered by: call count, function name\n"));
        Assert.That(ConsoleText.Of(() => Profiler.RunCtx(Fill, [], sort: SortKey.Calls)), Does.Contain("call count\n"));
        Assert.That(ConsoleText.Of(() => Profiler.RunCtx(Fill, [], sort: "calls")), Does.Contain("call count\n"));
    }

    [Test]
    public void With_a_file_name_the_profile_is_written_and_nothing_is_printed()
    {
        using var folder = new TemporaryFolder();
        var printed = ConsoleText.Of(() =>
        {
            Profiler.Run(Twice, folder.File("a.prof"));
            Profiler.Run(Twice, folder.File("b.prof"), "calls");
            Profiler.RunCtx(Fill, [], folder.File("c.prof"));
        });

        Assert.That(printed, Is.Empty);
        Assert.That(CallCounts.In(folder.File("a.prof")), Is.EquivalentTo(TwiceCounts));
        Assert.That(CallCounts.In(folder.File("b.prof")), Is.EquivalentTo(TwiceCounts));
        Assert.That(CallCounts.In(folder.File("c.prof")), Has.One.StartsWith("Commands.Fill 1/1"));
    }

    [Test]
    public async Task Asynchronous_commands_are_reported_when_they_are_completed()
    {
        using var folder = new TemporaryFolder();
        var add = scenarios.Delegate<Func<int, Task<int>, Task<int>>>("Scenarios.Commands", "AddLater");
        await Profiler.RunAsync(async () => await add(1, Task.Run(() => 2)), folder.File("a.prof"));
        await Profiler.RunCtxAsync(async right => await add(1, right), Task.Run(() => 2), folder.File("b.prof"));
        var printed = ConsoleText.Of(() =>
        {
            Profiler.RunAsync(() => add(1, Task.FromResult(2)), sort: SortKey.Calls).Wait();
            Profiler.RunAsync(() => add(1, Task.FromResult(2)), sort: "line").Wait();
            Profiler.RunCtxAsync(right => add(1, right), Task.FromResult(2), sort: SortKey.Name).Wait();
            Profiler.RunCtxAsync(right => add(1, right), Task.FromResult(2), sort: "pcalls").Wait();
        });

        string[] expected = ["Commands.AddLater 1/1", "Commands.None 1/1 < Commands.AddLater 1/1"];
        Assert.That(CallCounts.In(folder.File("a.prof")), Is.SupersetOf(expected));
        Assert.That(CallCounts.In(folder.File("b.prof")), Is.SupersetOf(expected));
        Assert.That(printed.Split('\n').Where(line => line.Contains("Ordered by")), Is.EqualTo(new[]
        {
            "   Ordered by: call count", "   Ordered by: line number", "   Ordered by: function name",
            "   Ordered by: primitive call count",
        }));
    }

    [Test]
    public void A_sort_key_that_is_none_is_said_before_the_command_runs()
    {
        var ran = false;

        Assert.That(() => Profiler.Run(() => ran = true, sort: "bogus"),
            Throws.ArgumentException.With.Message.Contains("'bogus' is not a sort key").And.Message.Contains("cumulative"));
        Assert.That(() => Profiler.Run(() => ran = true, null, (SortKey)99), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That((ran, Profile.Current), Is.EqualTo((false, (Profile?)null)));
    }

    [TestCase("missing/a.prof")]
    [TestCase("")]
    public void A_file_that_cannot_be_written_is_said_before_the_command_runs(string name)
    {
        using var folder = new TemporaryFolder();
        var ran = false;

        Assert.That(() => Profiler.Run(() => ran = true, folder.File(name)),
            Throws.InstanceOf<IOException>().With.Message.Contains(folder.Location));
        Assert.That((ran, Profile.Current), Is.EqualTo((false, (Profile?)null)));
    }

    [Test]
    public void An_older_file_is_left_alone_until_the_new_one_is_complete()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("a.prof");
        File.WriteAllText(file, "older");
        var during = "";
        Profiler.Run(() =>
        {
            during = File.ReadAllText(file);
            Twice();
        }, file);

        Assert.That(during, Is.EqualTo("older"));
        Assert.That(CallCounts.In(file), Is.EquivalentTo(TwiceCounts));
        Assert.That(Directory.GetFiles(folder.Location), Has.Length.EqualTo(1));
    }

    [Test]
    public void A_relative_path_counts_from_where_the_run_begins()
    {
        using var folder = new TemporaryFolder();
        using var elsewhere = new TemporaryFolder();
        var before = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = folder.Location;
            Profiler.Run(() =>
            {
                Environment.CurrentDirectory = elsewhere.Location;
                Twice();
            }, "out.prof");
        }
        finally
        {
            Environment.CurrentDirectory = before;
        }

        Assert.That(CallCounts.In(folder.File("out.prof")), Is.EquivalentTo(TwiceCounts));
        Assert.That(Directory.GetFiles(elsewhere.Location), Is.Empty);
    }

    [Test]
    public void The_report_comes_before_the_exception()
    {
        var caught = "";
        var printed = ConsoleText.Of(() =>
        {
            try
            {
                Profiler.Run(Fail);
            }
            catch (InvalidOperationException e)
            {
                caught = e.Message;
                Console.Write("caught");
            }
        });

        Assert.That(caught, Is.EqualTo("failed with 1"));
        Assert.That(printed, Does.Contain(" function calls in ").And.Contain("Scenarios.Commands.Fail").And.EndWith("\n\ncaught"));
        Assert.That(Profile.Current, Is.Null);
    }

    [Test]
    public void The_exception_of_an_asynchronous_command_goes_on_after_the_report()
    {
        var fail = scenarios.Delegate<Func<Task, Task>>("Scenarios.Commands", "FailLater");
        var printed = ConsoleText.Of(() => Assert.That(() => Profiler.RunAsync(() => fail(Task.CompletedTask)),
            Throws.InvalidOperationException.With.Message.EqualTo("failed with 2")));

        Assert.That(printed, Does.Contain("Scenarios.Commands.Fail)"));
    }

    [Test]
    public void That_another_profile_records_is_not_masked_and_the_command_is_not_run()
    {
        using var other = Profile.Start();
        var ran = false;
        var printed = ConsoleText.Of(() => Assert.That(() => Profiler.Run(() => ran = true),
            Throws.InvalidOperationException.With.Message.StartsWith("Another profile is already recording")));

        Assert.That((ran, printed, other.IsEnabled), Is.EqualTo((false, "", true)));
    }

    [Test]
    public void A_command_that_calls_nothing_woven_leaves_no_file_and_says_so()
    {
        using var folder = new TemporaryFolder();

        Assert.That(() => Profiler.Run(() => { }, folder.File("a.prof")), Throws.InstanceOf<EmptyProfileException>());
        Assert.That(() => Profiler.Run(() => throw new TimeoutException(), folder.File("a.prof")),
            Throws.InstanceOf<TimeoutException>(), "what happened first");
        Assert.That(Directory.GetFiles(folder.Location), Is.Empty);
    }

    [Test]
    public void A_command_that_is_missing_is_said_before_anything_else()
    {
        Assert.That(() => Profiler.Run(null!), Throws.ArgumentNullException);
        Assert.That(() => Profiler.RunCtx(null!, 1), Throws.ArgumentNullException);
        Assert.That(() => Profiler.RunAsync(null!), Throws.ArgumentNullException);
        Assert.That(() => Profiler.RunCtxAsync(null!, 1), Throws.ArgumentNullException);
    }

    void Twice() => scenarios.Call("Scenarios.Commands", "Twice", 4);

    void Fail() => scenarios.Call("Scenarios.Commands", "Fail", 1);

    Action<List<int>> Fill => scenarios.Delegate<Action<List<int>>>("Scenarios.Commands", "Fill");
}
