using System.Diagnostics;

namespace ProfilerWeaver.Benchmarks;

/// <summary>A thread that runs a workload at the same time as its caller does. It is there all the time: what it costs to
/// begin a thread is not what is measured.</summary>
static class SecondThread
{
    /// <summary>How long a processor that was idle is kept busy, in milliseconds: it takes some fifty to run at its usual
    /// speed (seen here: calls took 25 ns for that long, then 19).</summary>
    const double WakeMilliseconds = 100;

    static readonly Barrier Both = new(2);
    static Action<int> s_workload = _ => { };
    static int s_calls;

    static SecondThread() => new Thread(() => ProcessorAffinity.On(1, Work)) { IsBackground = true }.Start();

    /// <summary>The workload twice at once, each on a processor of its own. Each thread makes all the calls, so that a
    /// call takes as long as one takes on the slower thread.</summary>
    public static Action<int> AtOnce(Action<int> workload) => calls => ProcessorAffinity.On(0, () =>
    {
        (s_workload, s_calls) = (workload, calls);
        Both.SignalAndWait();
        workload(calls);
        Both.SignalAndWait();
    });

    /// <summary>Brings both processors to their usual speed.</summary>
    public static void Wake() => AtOnce(_ =>
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start).TotalMilliseconds < WakeMilliseconds)
        {
            // Only the time that passes matters.
        }
    })(0);

    static void Work()
    {
        while (true)
        {
            Both.SignalAndWait();
            StackOffsets.Next(() =>
            {
                s_workload(s_calls);
                return 0;
            });
            Both.SignalAndWait();
        }
    }
}
