namespace ProfilerWeaver;

/// <summary>
/// The profile of a woven program as a whole: it begins with the first woven method, and is written when the process
/// ends.
/// </summary>
sealed class AutomaticProfile
{
    static int decided;

    readonly Profile profile;
    readonly string output;
    readonly LiveFile? live;
    int ended;

    AutomaticProfile(Profile profile, string output, LiveFile? live)
    {
        this.profile = profile;
        this.output = output;
        this.live = live;
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
        var (output, live) = Claim(OutputPath.Resolve(settings.Output));
        if (live is not null)
            Registry.MoveInto(live);
        var automatic = new AutomaticProfile(Profile.Automatic(settings.Clock, settings.Subcalls, settings.Builtins), output, live);
        AppDomain.CurrentDomain.ProcessExit += (_, _) => automatic.End();
        AppDomain.CurrentDomain.DomainUnload += (_, _) => automatic.End();
        // .NET raises no ProcessExit for a process that an exception ends.
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
        {
            if (e.IsTerminating)
                automatic.End();
        };
        automatic.profile.Enable();
    }

    // A second process that has the same output takes a path of its own.
    static (string Output, LiveFile? Live) Claim(string output)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(output)!);
            try
            {
                return (output, MakeLiveFile(output));
            }
            catch (IOException e) when (LiveFileAccess.IsInUse(e))
            {
                output = OutputPath.OfThisProcess(output);
                return (output, MakeLiveFile(output));
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Complaint.Once($"cannot write {output}{LiveFile.Suffix} ({e.Message}): the profile stays in memory until " +
                "the program ends; set PROFILERWEAVER_OUTPUT to a file in a folder that can be written to, or " +
                "PROFILERWEAVER=0 to run without a profile");
            return (output, null);
        }
    }

    static LiveFile MakeLiveFile(string output)
    {
        var live = LiveFile.Create(output, out var abandoned);
        if (abandoned is not null)
            ProfileRecovery.RecoverAbandoned(abandoned);
        return live;
    }

    void End()
    {
        if (Interlocked.Exchange(ref ended, 1) != 0)
            return;
        Recorder.Unrecorded(() =>
        {
            try
            {
                profile.DumpStats(output);
                live?.Delete();
            }
            catch (EmptyProfileException e)
            {
                Complaint.Once($"{output} is not written. {e.Message}");
                live?.Delete();
            }
            catch (Exception e)
            {
                Complaint.Once($"cannot write {output} ({e.Message})");
            }
        });
    }
}
