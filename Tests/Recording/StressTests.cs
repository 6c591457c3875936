using System.Globalization;
using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Sixteen threads make random calls while recording is switched, cleared and read. The environment variable
/// PROFILERWEAVER_STRESS_SECONDS sets how long; the long form is 300.</summary>
[NonParallelizable]
public class StressTests
{
    const int Threads = 16;

    static double Seconds => double.Parse(
        Environment.GetEnvironmentVariable("PROFILERWEAVER_STRESS_SECONDS") ?? "3", CultureInfo.InvariantCulture);

    [Test]
    public void After_all_the_switching_stacks_are_balanced_and_totals_exact()
    {
        using var profile = new Profile();
        var stop = DateTime.UtcNow.AddSeconds(Seconds);
        var isOver = false;
        using var quiet = new Barrier(Threads + 1);
        var counted = new long[PlainMethods.Count];
        var threads = Enumerable.Range(0, Threads).Select(seed => new Thread(() => Work(seed))).ToList();
        threads.ForEach(thread => thread.Start());
        var random = new Random(7);
        var snapshots = 0;
        while (DateTime.UtcNow < stop || snapshots == 0)
        {
            switch (random.Next(20))
            {
                case 0: profile.Clear(); break;
                case 1: profile.Disable(); break;
                case < 8 when !profile.IsEnabled: profile.Enable(); break;
            }
            foreach (var row in FlatProfile.From(profile.SnapshotStats()))
            {
                snapshots++;
                Assert.That(row.PrimitiveCalls, Is.InRange(0, row.Calls), row.Label.Name);
                Assert.That(row.Callers.Sum(caller => caller.Value.Calls), Is.LessThanOrEqualTo(row.Calls), row.Label.Name);
                Assert.That(row.TotalTime, Is.Not.Negative, row.Label.Name);
            }
            Thread.Sleep(10);
        }

        Volatile.Write(ref isOver, true);

        // Nobody calls anything now, and nothing is open: what comes next is recorded whole.
        quiet.SignalAndWait();
        profile.Disable();
        profile.Clear();
        profile.Enable();
        quiet.SignalAndWait();
        threads.ForEach(thread => thread.Join());
        var rows = FlatProfile.From(profile.CreateStats());

        Assert.That(snapshots, Is.Positive);
        Assert.That(rows.ToDictionary(row => row.Label.Name, row => row.Calls),
            Is.EquivalentTo(counted.Select((calls, method) => KeyValuePair.Create("M" + method, calls))));

        void Work(int seed)
        {
            var choice = new Random(seed);
            while (!Volatile.Read(ref isOver))
                Call(choice, depth: 0, new long[PlainMethods.Count]);
            quiet.SignalAndWait();
            quiet.SignalAndWait();
            var own = new long[PlainMethods.Count];
            for (var i = 0; i < 2000; i++)
                Call(choice, depth: 0, own);
            for (var method = 0; method < own.Length; method++)
                Interlocked.Add(ref counted[method], own[method]);
        }
    }

    // Some calls are left by an exception, which may pass through several frames.
    static void Call(Random choice, int depth, long[] counted)
    {
        var method = choice.Next(PlainMethods.Count);
        var token = Recorder.Enter(PlainMethods.FirstId + method);
        counted[method]++;
        try
        {
            for (var calls = choice.Next(depth < 12 ? 3 : 1); calls > 0; calls--)
            {
                try
                {
                    Call(choice, depth + 1, counted);
                }
                catch (OperationCanceledException) when (depth == 0 || choice.Next(2) == 0)
                {
                    Recorder.Catch(token);
                }
            }
            if (depth > 0 && choice.Next(200) == 0)
                throw new OperationCanceledException();
        }
        finally
        {
            Recorder.Exit(token);
        }
    }
}
