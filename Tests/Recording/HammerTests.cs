using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Sixteen threads call without a pause while recording is switched and read.</summary>
[NonParallelizable]
[FixtureLifeCycle(LifeCycle.SingleInstance)]
public class HammerTests
{
    const int Threads = 16;

    readonly Action turn = WovenAssembly.CSharp("Release").Delegate<Action>("Scenarios.Switching", "Turn");

    [Test]
    public void Switched_and_read_at_random_no_figure_is_torn()
    {
        const int Seed = 20261122;
        var random = new Random(Seed);
        using var profile = new Profile();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(3));
        var threads = StartThreads(() =>
        {
            while (!stop.IsCancellationRequested)
                turn();
        });
        try
        {
            while (!stop.IsCancellationRequested)
            {
                Switch(profile, random.Next(5));
                ExpectSound(profile.SnapshotStats());
                Thread.Sleep(random.Next(10));
            }
        }
        finally
        {
            stop.Cancel();
            foreach (var thread in threads)
                thread.Join();
        }
    }

    [Test]
    public void Read_without_being_switched_every_call_is_counted()
    {
        const int Turns = 5000;
        using var profile = new Profile(() => 0, 1);
        profile.Enable();
        var threads = StartThreads(() =>
        {
            for (var i = 0; i < Turns; i++)
                turn();
        });
        while (threads.Any(thread => thread.IsAlive))
            ExpectSound(profile.SnapshotStats());

        const int All = Threads * Turns;
        Assert.That(CallCounts.Of(FlatProfile.From(profile.CreateStats())), Is.EquivalentTo(new[]
        {
            $"Switching.Turn {All}/{All}",
            $"Switching.Descend {3 * All}/{All} < Switching.Descend {2 * All}/{All}, Switching.Turn {All}/{All}",
            $"Switching.Leaf {6 * All}/{6 * All} < Switching.Descend {6 * All}/{6 * All}",
        }));
    }

    static void Switch(Profile profile, int choice)
    {
        switch (choice)
        {
            case 0: profile.Clear(); break;
            case 1: profile.Disable(); break;
            case > 1 when Profile.Current is null: profile.Enable(); break;
        }
    }

    static Thread[] StartThreads(Action action)
    {
        var threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() => action())).ToArray();
        foreach (var thread in threads)
            thread.Start();
        return threads;
    }

    // Context by context: in the sums of many a wrong figure would be lost.
    static void ExpectSound(ProfileData data)
    {
        foreach (var thread in data.Threads)
        {
            for (var i = 0; i < thread.Tree.Count; i++)
            {
                var node = thread.Tree[i];
                if (node.RecursiveCalls != 0 || node.Calls < 0 || node.SelfTicks < 0 || node.CumulativeTicks < 0)
                {
                    Assert.Fail($"{node.Calls} calls, {node.RecursiveCalls} recursive, {node.SelfTicks} own ticks, " +
                        $"{node.CumulativeTicks} cumulative");
                }
            }
        }
        foreach (var row in FlatProfile.From(data))
        {
            Assert.That(row.PrimitiveCalls, Is.LessThanOrEqualTo(row.Calls), row.Label.Name);
            Assert.That(row.Callers.Sum(caller => caller.Value.Calls), Is.LessThanOrEqualTo(row.Calls), row.Label.Name);
        }
    }
}
