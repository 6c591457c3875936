namespace ProfilerWeaver.Benchmarks;

/// <summary>A thread that runs a workload at the same time as its caller does. It is there all the time: what it costs to
/// begin a thread is not what is measured.</summary>
sealed class SecondThread
{
    readonly Barrier both = new(2);
    Action<int> workload = _ => { };
    int calls;

    public SecondThread()
    {
        new Thread(Work) { IsBackground = true }.Start();
    }

    /// <summary>The workload twice at once. Each thread makes all the calls, so that a call takes as long as one takes on
    /// the slower thread.</summary>
    public Action<int> AtOnce(Action<int> workload) => calls =>
    {
        (this.workload, this.calls) = (workload, calls);
        both.SignalAndWait();
        workload(calls);
        both.SignalAndWait();
    };

    void Work()
    {
        while (true)
        {
            both.SignalAndWait();
            workload(calls);
            both.SignalAndWait();
        }
    }
}
