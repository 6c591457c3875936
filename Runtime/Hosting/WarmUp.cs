namespace ProfilerWeaver;

/// <summary>The start of a program that is left out of its profile: it is recorded like the rest, and forgotten when it is
/// over.</summary>
sealed class WarmUp
{
    readonly string what;
    readonly Action<bool> forget;
    int isOver;

    WarmUp(string what, Action<bool> forget)
    {
        this.what = what;
        this.forget = forget;
    }

    /// <summary>The warm-up that a program's settings ask for; null if they ask for none.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="forget">Forgets what has been recorded so far; is told whether the calling thread is about to record the call with which
    /// the profile begins.</param>
    public static WarmUp? Begin(RunSettings settings, Action<bool> forget)
    {
        if (settings.StartAt is { } method)
        {
            var warmUp = new WarmUp($"{Printable.Text(method)} was never called (give a method as reports name it)", forget);
            new MethodWatch(method, () =>
            {
                warmUp.End(isAtCall: true);
                return false;
            }).Begin(recording: null, afterCaller: false);
            return warmUp;
        }
        if (settings.Warm is { } time)
        {
            var warmUp = new WarmUp("the program ended during its warm-up", forget);
            BackgroundThread.Begin("ProfilerWeaver warm-up", () =>
            {
                Pause.For(time);
                Recorder.Unrecorded(() => warmUp.End(isAtCall: false));
            });
            return warmUp;
        }
        return null;
    }

    /// <summary>Says it if the program has ended during its warm-up: then nothing was forgotten.</summary>
    public void Complain()
    {
        if (Volatile.Read(ref isOver) == 0)
            Complaint.Once($"{what}: the profile has the whole run");
    }

    void End(bool isAtCall)
    {
        if (Interlocked.Exchange(ref isOver, 1) == 0)
            forget(isAtCall);
    }
}
