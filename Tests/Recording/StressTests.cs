using ProfilerWeaver.Tests.Support;

namespace ProfilerWeaver.Tests.Recording;

/// <summary>Threads make random calls while recording is switched, cleared and read (<see cref="StressRun"/>).</summary>
[NonParallelizable]
public class StressTests
{
    // Deeper trees would have so many contexts that a quick machine runs out of memory: 16 threads make up to a quarter of a million each.
    const int Deepest = 4;

    readonly long[] counted = new long[PlainMethods.Count];

    [Test]
    public void After_all_the_switching_stacks_are_balanced_and_totals_exact()
    {
        var rows = FlatProfile.From(StressRun.Of(
            choice => Call(choice, depth: 0),
            row => Assert.That(row.Callers.Sum(caller => caller.Value.Calls), Is.LessThanOrEqualTo(row.Calls), row.Label.Name),
            () => Array.Clear(counted)));

        Assert.That(rows.ToDictionary(row => row.Label.Name, row => row.Calls),
            Is.EquivalentTo(counted.Select((calls, method) => KeyValuePair.Create("M" + method, calls))));
    }

    // Some calls are left by an exception, which may pass through several frames.
    void Call(Random choice, int depth)
    {
        var method = choice.Next(PlainMethods.Count);
        var token = Recorder.Enter(PlainMethods.FirstId + method);
        Interlocked.Increment(ref counted[method]);
        try
        {
            for (var calls = choice.Next(depth < Deepest ? 3 : 1); calls > 0; calls--)
            {
                try
                {
                    Call(choice, depth + 1);
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
