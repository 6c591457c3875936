namespace ProfilerWeaver;

/// <summary>Does something again and again in the background, on a thread that is never recorded and does not keep the
/// process alive. Not a timer: those run on the program's thread pool, which may be busy.</summary>
static class Checkpoints
{
    /// <summary>Begins. Ends when <paramref name="write"/> returns false.</summary>
    public static void Begin(TimeSpan interval, Func<bool> write)
    {
        var thread = new Thread(() => Recorder.Unrecorded(() => Run(interval, write)))
        {
            IsBackground = true,
            Name = "ProfilerWeaver checkpoints",
        };
        Start(thread);
    }

    // What the program has put into the context of its thread stays there: this one would keep it for ever.
    static void Start(Thread thread)
    {
#if NET8_0_OR_GREATER
        thread.UnsafeStart();
#else
        if (ExecutionContext.IsFlowSuppressed())
        {
            thread.Start();
            return;
        }
        using (ExecutionContext.SuppressFlow())
            thread.Start();
#endif
    }

    static void Run(TimeSpan interval, Func<bool> write)
    {
        do
            Thread.Sleep(interval);
        while (write());
    }
}
