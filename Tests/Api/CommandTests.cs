using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Api;

/// <summary>Commands and functions that a profile runs.</summary>
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public class CommandTests
{
    readonly WovenAssembly scenarios = WovenAssembly.CSharp("Release");

    [Test]
    public void Run_records_the_command_alone_and_returns_the_profile()
    {
        using var profile = NewProfile();
        Do<Func<int>>("None")();

        Assert.That(profile.Run(() => Do<Func<int>>("None")()), Is.SameAs(profile));
        Do<Func<int>>("None")();
        Expect(profile, "None 1/1 1 1\n");
    }

    [Test]
    public void RunCtx_gives_the_command_its_state()
    {
        using var profile = NewProfile();
        var list = new List<int>();

        Assert.That(profile.RunCtx(Do<Action<List<int>>>("Fill"), list), Is.SameAs(profile));
        Assert.That(list, Is.EqualTo(new[] { 1 }));
        Expect(profile, """
            Fill 1/1 5 6
            None 1/1 1 1
              < Fill 1/1 1 1

            """);
    }

    [Test]
    public void RunCall_returns_what_the_function_returns()
    {
        using var profile = NewProfile();

        Assert.That(profile.RunCall(Do<Func<int>>("None")), Is.EqualTo(1));
        Assert.That(profile.RunCall(Do<Func<int, int>>("Twice"), 21), Is.EqualTo(42));
        Assert.That(profile.RunCall(Do<Func<int, int, int>>("Add"), 2, 3), Is.EqualTo(5));
        Assert.That(profile.RunCall(Do<Func<string, string, string, string>>("Join"), "a", "b", "c"), Is.EqualTo("abc"));
        Assert.That(profile.RunCall(() => Do<Func<int, int>>("Twice")(1)), Is.EqualTo(2));
        Expect(profile, """
            Add 1/1 3 3
            Join 1/1 4 4
            None 3/3 3 3
              < Twice 2/2 2 2
            Twice 2/2 4 6

            """);
    }

    [Test]
    public void A_task_is_recorded_until_it_is_completed()
    {
        using var profile = NewProfile();
        var gate = new TaskCompletionSource<int>();
        var call = profile.RunCall(Do<Func<int, Task<int>, Task<int>>>("AddLater"), 1, gate.Task);
        Assert.That((call.IsCompleted, profile.IsEnabled), Is.EqualTo((false, true)));
        gate.SetResult(2);

        Assert.That(call.GetAwaiter().GetResult(), Is.EqualTo(4));
        Assert.That(profile.IsEnabled, Is.False);
        Expect(profile, """
            AddLater 1/1 30 31
            None 1/1 1 1
              < AddLater 1/1 1 1

            """);
    }

    [Test]
    public async Task A_value_task_is_recorded_until_it_is_completed()
    {
        using var profile = NewProfile();
        var gate = new TaskCompletionSource<int>();
        var sum = profile.RunCall(Do<Func<int, Task<int>, ValueTask<int>>>("AddSoon"), 1, gate.Task);
        Assert.That((sum.IsCompleted, profile.IsEnabled), Is.EqualTo((false, true)));
        gate.SetResult(2);
        Assert.That(await sum, Is.EqualTo(3));
        Assert.That(profile.IsEnabled, Is.False);
        await profile.RunCall(Do<Func<Task, ValueTask>>("Wait"), Task.CompletedTask);

        Expect(profile, """
            AddSoon 1/1 100 100
            Wait 1/1 3000 3000

            """);
    }

    [Test]
    public async Task An_asynchronous_lambda_is_awaited()
    {
        using var profile = NewProfile();

        Assert.That(await profile.RunCall(async () =>
        {
            await Task.Yield();
            return Do<Func<int>>("None")();
        }), Is.EqualTo(1));
        await profile.RunCall(async () =>
        {
            await Task.Yield();
            Do<Func<int>>("None")();
        });
        await profile.RunCall(async (number, _, _) =>
        {
            await Task.Yield();
            Do<Func<int, int>>("Twice")(number);
        }, 1, 2, 3);
        Expect(profile, """
            None 3/3 3 3
              < Twice 1/1 1 1
            Twice 1/1 2 3

            """);
    }

    [Test]
    public async Task RunAsync_and_RunCtxAsync_return_the_profile()
    {
        using var profile = NewProfile();
        var list = new List<int>();

        Assert.That(await profile.RunAsync(() => Do<Func<List<int>, Task<int>, Task>>("FillLater")(list, Task.FromResult(1))),
            Is.SameAs(profile));
        Assert.That(await profile.RunCtxAsync(state => Do<Func<List<int>, Task<int>, Task>>("FillLater")(state, Task.FromResult(7)), list),
            Is.SameAs(profile));
        Assert.That(list, Is.EqualTo(new[] { 2, 8 }));
        Assert.That(CallCounts.Of(FlatProfile.From(profile.CreateStats())), Is.EquivalentTo(new[]
        {
            "Commands.FillLater 2/2",
            "Commands.AddLater 2/2 < Commands.FillLater 2/2",
            "Commands.None 2/2 < Commands.AddLater 2/2",
        }));
    }

    [Test]
    public void An_exception_ends_the_recording_and_goes_on()
    {
        using var profile = NewProfile();

        Assert.That(() => profile.RunCall(Do<Func<int, int>>("Fail"), 1),
            Throws.InvalidOperationException.With.Message.EqualTo("failed with 1"));
        Assert.That(profile.IsEnabled, Is.False);
        Assert.That(() => profile.RunAsync(() => Do<Func<Task, Task>>("FailLater")(Task.Delay(1))),
            Throws.InvalidOperationException.With.Message.EqualTo("failed with 2"));
        Assert.That(profile.IsEnabled, Is.False);
        Expect(profile, """
            Fail 2/2 12 12
              < FailLater 1/1 6 6
            FailLater 1/1 0 6

            """);
    }

    [Test]
    public void What_cannot_be_recorded_is_not_run()
    {
        using var profile = NewProfile();
        using var other = NewProfile();
        other.Enable();
        var ran = false;

        Assert.That(() => profile.Run(() => ran = true), Throws.InvalidOperationException);
        Assert.That(() => profile.RunCall(() => ran = true), Throws.InvalidOperationException);
        Assert.That(() => profile.RunAsync(() => Task.FromResult(ran = true)), Throws.InvalidOperationException);
        Assert.That((ran, other.IsEnabled), Is.EqualTo((false, true)));
    }

    [Test]
    public void A_command_that_is_missing_is_said_before_anything_else()
    {
        using var profile = NewProfile();

        Assert.That(() => profile.Run(null!), Throws.ArgumentNullException);
        Assert.That(() => profile.RunCtx(null!, 1), Throws.ArgumentNullException);
        Assert.That(() => profile.RunCall((Func<int, int>)null!, 1), Throws.ArgumentNullException);
        Assert.That(() => profile.RunAsync(null!), Throws.ArgumentNullException);
        Assert.That(profile.IsEnabled, Is.False);
    }

    [Test]
    public void An_async_lambda_whose_end_nobody_could_wait_for_is_refused()
    {
        using var profile = NewProfile();

        Assert.That(() => profile.Run(async () => await Task.Yield()), Throws.ArgumentException.With.Message.Contains("RunAsync"));
        Assert.That(() => profile.RunCtx(async _ => await Task.Yield(), 1), Throws.ArgumentException);
        Assert.That(() => Profiler.Run(async () => await Task.Yield()), Throws.ArgumentException);
        Assert.That(() => Profiler.RunCtx(async _ => await Task.Yield(), 1), Throws.ArgumentException);
        Assert.That(profile.IsEnabled, Is.False);
    }

    T Do<T>(string method)
        where T : Delegate => scenarios.Delegate<T>("Scenarios.Commands", method);

    Profile NewProfile() => new(scenarios.Delegate<Func<long>>("Scenarios.Time", "Read"), 0.001, builtins: false);

    static void Expect(Profile profile, string expected) =>
        Assert.That(ProfileText.Of(profile.CreateStats(), "Scenarios.Commands."), Is.EqualTo(expected));
}
