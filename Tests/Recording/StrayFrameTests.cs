using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Activations that are never left, or on another thread: what woven code cannot do, but native code that ends a
/// thread, or jumps out of it, can.</summary>
[NonParallelizable]
public class StrayFrameTests
{
    readonly int outer;
    readonly int inner;

    public StrayFrameTests()
    {
        (outer, inner) = (PlainMethods.FirstId, PlainMethods.FirstId + 1);
    }

    [Test]
    public void A_thread_that_ends_within_frames_has_them_ended_at_the_end()
    {
        using var profile = new Profile();
        profile.Enable();
        OnThread(() =>
        {
            Recorder.Enter(outer);
            Recorder.Exit(Recorder.Enter(inner));
            Recorder.Enter(inner);
        });

        Assert.That(Calls(profile.CreateStats()), Is.EqualTo(new long[] { 1, 2 }));
    }

    [Test]
    public void A_thread_that_takes_the_stack_over_does_not_continue_it()
    {
        using var profile = new Profile();
        profile.Enable();
        for (var i = 0; i < 20; i++)
        {
            OnThread(() =>
            {
                Recorder.Enter(outer);
                Recorder.Enter(inner);
            });
        }

        var data = profile.CreateStats();

        Assert.That(Calls(data), Is.EqualTo(new long[] { 20, 20 }));
        foreach (var thread in data.Threads)
            Assert.That(thread.Root.Children.Single().Children.Single().Children, Is.Empty);
    }

    [Test]
    public void A_frame_that_is_left_on_another_thread_disturbs_neither()
    {
        using var profile = new Profile();
        profile.Enable();
        nint token = 0;
        using var entered = new ManualResetEventSlim();
        using var left = new ManualResetEventSlim();
        var first = new Thread(() =>
        {
            var below = Recorder.Enter(outer);
            token = Recorder.Enter(inner);
            entered.Set();
            left.Wait();
            Recorder.Exit(below);
        });
        first.Start();
        entered.Wait();
        var own = Recorder.Enter(outer);
        Recorder.Exit(token);
        Recorder.Exit(Recorder.Enter(inner));
        Recorder.Exit(own);
        left.Set();
        first.Join();

        var data = profile.CreateStats();

        Assert.That(Calls(data), Is.EqualTo(new long[] { 2, 2 }));
        foreach (var thread in data.Threads)
            Assert.That(thread.Root.Children.Single().Children.Single().Calls, Is.EqualTo(1));
    }

    static long[] Calls(ProfileData data) => [.. FlatProfile.From(data).Select(row => row.Calls)];

    static void OnThread(ThreadStart action)
    {
        var thread = new Thread(action);
        thread.Start();
        thread.Join();
    }
}
