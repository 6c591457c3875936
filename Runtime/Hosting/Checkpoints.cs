namespace ProfilerWeaver;

/// <summary>Does something again and again in the background, on a thread that is never recorded.</summary>
static class Checkpoints
{
    /// <summary>Begins. Ends when <paramref name="write"/> returns false.</summary>
    public static void Begin(TimeSpan interval, Func<bool> write) =>
        BackgroundThread.Begin("ProfilerWeaver checkpoints", () => Recorder.Unrecorded(() => Run(interval, write)));

    static void Run(TimeSpan interval, Func<bool> write)
    {
        do
            Pause.For(interval);
        while (write());
    }
}
