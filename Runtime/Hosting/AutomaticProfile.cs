namespace ProfilerWeaver;

/// <summary>
/// The profile of a woven program as a whole: it begins with the first woven method, and is written when the process
/// ends; before that, if a signal is about to end it, and at checkpoints.
/// </summary>
sealed class AutomaticProfile
{
    /// <summary>What is said in a browser: the page goes on when <c>Main</c> returns, and its files are gone with it.</summary>
    const string NoEndInBrowser = "in a browser no profile is written when Main returns: take it by " +
        "Profile.Current.SnapshotStats() and hand it on with ProfFile.Write(profile, stream), or set AutoStart=\"false\"";

    static int decided;

    readonly object gate = new();
    readonly Profile profile;
    readonly OutputFile output;
    WarmUp? warmUp;
    bool hasEnded;
    int writes;

    AutomaticProfile(Profile profile, OutputFile output)
    {
        this.profile = profile;
        this.output = output;
    }

    /// <summary>Begins to record if the settings of the first module that runs say so. Never throws.</summary>
    public static void StartOnce(string wovenSettings)
    {
        if (Interlocked.Exchange(ref decided, 1) != 0)
            return;
        try
        {
            var settings = RunSettings.Read(wovenSettings, Environment.GetEnvironmentVariable);
            if (settings.AutoStart)
                Start(settings);
        }
        catch (Exception e)
        {
            Complaint.Once($"nothing is recorded: {e.Message}");
        }
    }

    static void Start(RunSettings settings)
    {
        RecorderMemory.OfProcess.Limit = settings.MemoryLimit;
        var output = OutputFile.Claim(OutputPath.Resolve(settings.Output),
            isOurs: settings.Starter is not { } starter || ThisProcess.IsChildOf(starter));
        var clock = settings.Clock.LookedAtEvery(settings.SampleInterval);
        var automatic = new AutomaticProfile(
            Profile.Automatic(clock, settings.Subcalls, settings.Builtins, settings.Compensate), output);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => automatic.End();
#if !NET8_0_OR_GREATER
        AppDomain.CurrentDomain.DomainUnload += (_, _) => automatic.End();
#endif
        // .NET raises no ProcessExit for a process that an exception ends.
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
        {
            if (e.IsTerminating)
                automatic.End();
        };
#if NET8_0_OR_GREATER
        if (NoticeFor(OperatingSystem.IsBrowser()) is { } notice)
            Complaint.Once(notice);
#endif
        EndingSignals.Watch(automatic.WriteBeforeEnd);
        automatic.profile.Enable();
        automatic.warmUp = WarmUp.Begin(settings, automatic.profile.Clear);
        if (settings.Checkpoint is { } interval)
            Checkpoints.Begin(interval, automatic.WriteCheckpoint);
    }

    /// <summary>What is to be said at the start; null: nothing.</summary>
    internal static string? NoticeFor(bool isBrowser) => isBrowser ? NoEndInBrowser : null;

    void End()
    {
        lock (gate)
        {
            if (hasEnded)
                return;
            hasEnded = true;
            warmUp?.Complain();
            Recorder.Unrecorded(() => output.WriteFinally(write =>
            {
                profile.Disable();
                profile.UseAsEnded(write);
            }));
        }
    }

    // If the process goes on, because the program has a handler that wants it so, recording goes on, too.
    void WriteBeforeEnd()
    {
        var before = Volatile.Read(ref writes);
        lock (gate)
        {
            // Whoever sends a signal twice does not want to wait twice.
            if (!hasEnded && before == writes)
                Recorder.Unrecorded(() => output.Write(profile.UseAsEnded, isEnding: true));
            writes++;
        }
    }

    bool WriteCheckpoint()
    {
        lock (gate)
        {
            if (!hasEnded)
                Recorder.Unrecorded(() => output.Write(profile.UseAsEnded, isEnding: false));
            return !hasEnded;
        }
    }
}
