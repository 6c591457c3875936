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
        thread.Start();
    }

    static void Run(TimeSpan interval, Func<bool> write)
    {
        do
            Thread.Sleep(interval);
        while (write());
    }
}
