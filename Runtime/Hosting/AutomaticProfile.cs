namespace ProfilerWeaver;

/// <summary>
/// The profile of a woven program as a whole: it begins with the first woven method, or when somebody asks for it from outside
/// (ProgramControl.cs), and is written when the process ends; before that, if a signal is about to end it, and at
/// checkpoints.
/// </summary>
sealed class AutomaticProfile
{
    /// <summary>What is said in a browser: the page goes on when <c>Main</c> returns, and its files are gone with it.</summary>
    const string NoEndInBrowser = "in a browser no profile is written when Main returns: take it by " +
        "Profile.Current.SnapshotStats() and hand it on with ProfFile.Write(profile, stream), or set AutoStart=\"false\"";

    static int decided;
    static int isWatching;

    static AutomaticProfile? s_last;

    readonly RecorderLock gate = new();
    readonly Profile profile;
    readonly OutputFile output;
    WarmUp? warmUp;

    // The method after whose first call it ends.
    volatile string? notCalled;

    volatile bool hasEnded;
    int writes;

    AutomaticProfile(Clock clock, Profile profile, OutputFile output)
    {
        Clock = clock;
        this.profile = profile;
        this.output = output;
    }

    /// <summary>The program's settings; null as long as no woven method has run, or if they could not be obeyed.</summary>
    public static RunSettings? Settings { get; private set; }

    /// <summary>The one that is recording, or has not been written yet; null if there is none.</summary>
    public static AutomaticProfile? Current => Last is { hasEnded: false } current ? current : null;

    // Perhaps it is just being written, because its time is over: who ends the process waits for that.
    static AutomaticProfile? Last => Volatile.Read(ref s_last);

    /// <summary>Where it is going to be written.</summary>
    public string Path => output.Path;

    /// <summary>What it measures.</summary>
    public Clock Clock { get; }

    /// <summary>Why it could not be written when it was stopped; null: it has not been stopped.</summary>
    public string? WhyUnwritten { get; private set; }

    /// <summary>When it began.</summary>
    public DateTime StartedUtc { get; } = DateTime.UtcNow;

    /// <summary>When it is going to end by itself; null: when it is told to, or the program ends.</summary>
    public Deadline? Ends { get; set; }

    /// <summary>Begins to record if the settings of the first module that runs say so. Never throws.</summary>
    /// <returns>The settings; null if this was not the first module, or they could not be obeyed.</returns>
    public static RunSettings? StartOnce(string wovenSettings)
    {
        if (Interlocked.Exchange(ref decided, 1) != 0)
            return null;
        try
        {
            var settings = RunSettings.Read(wovenSettings, Environment.GetEnvironmentVariable);
            if (settings.AutoStart)
                Start(settings);
            return Settings = settings;
        }
        catch (Exception e)
        {
            Complaint.Once($"nothing is recorded: {e.Message}");
            return null;
        }
    }

    /// <summary>Begins to record in the midst of the program, into memory.</summary>
    /// <param name="settings">How; the output is an absolute path.</param>
    /// <exception cref="InvalidOperationException">Somebody else is recording.</exception>
    public static void StartLater(RunSettings settings) => Begin(settings, OutputFile.InMemory(settings.Output));

    static void Start(RunSettings settings)
    {
        var output = OutputFile.Claim(OutputPath.Resolve(settings.Output),
            isOurs: settings.Starter is not { } starter || ThisProcess.IsChildOf(starter));
        var automatic = Begin(settings, output);
#if NET8_0_OR_GREATER
        if (NoticeFor(OperatingSystem.IsBrowser()) is { } notice)
            Complaint.Once(notice);
#endif
        automatic.warmUp = WarmUp.Begin(settings, isAtCall => automatic.profile.Clear(number => automatic.EndAsSet(settings, number, isAtCall)));
        if (automatic.warmUp is null)
            automatic.EndAsSet(settings, recording: null, isAtCall: false);
        if (settings.Checkpoint is { } interval)
            Checkpoints.Begin(interval, automatic.WriteCheckpoint);
    }

    static AutomaticProfile Begin(RunSettings settings, OutputFile output)
    {
        RecorderMemory.OfProcess.Limit = settings.MemoryLimit;
        var clock = settings.Clock.LookedAtEvery(settings.SampleInterval);
        var automatic = new AutomaticProfile(clock,
            Profile.Automatic(clock, settings.Subcalls, settings.Builtins, settings.Compensate, output.IsLive), output);
        if (Interlocked.Exchange(ref isWatching, 1) == 0)
            WatchEnd();
        automatic.profile.Enable();
        Volatile.Write(ref s_last, automatic);
        return automatic;
    }

    static void WatchEnd()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Last?.End();
#if !NET8_0_OR_GREATER
        AppDomain.CurrentDomain.DomainUnload += (_, _) => Last?.End();
#endif
        // .NET raises no ProcessExit for a process that an exception ends.
        AppDomain.CurrentDomain.UnhandledException += (_, e) =>
        {
            if (e.IsTerminating)
                Last?.End();
        };
        EndingSignals.Watch(() => Last?.WriteBeforeEnd());
    }

    /// <summary>What is to be said at the start; null: nothing.</summary>
    internal static string? NoticeFor(bool isBrowser) => isBrowser ? NoEndInBrowser : null;

    /// <summary>Stops recording and writes what was recorded.</summary>
    /// <param name="path">Where to; null: where it was going to be written.</param>
    /// <returns>The path.</returns>
    /// <exception cref="IOException">It could not be written. It is not lost: it can be written elsewhere, or when the program
    /// ends.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    /// <exception cref="EmptyProfileException">Nothing was recorded.</exception>
    public string Stop(string? path)
    {
        path ??= Path;
        StopInto(source => ProfFile.Write(source, path));
        return path;
    }

    /// <summary>Stops recording and hands over what was recorded.</summary>
    /// <inheritdoc cref="Stop" path="/exception"/>
    public void StopInto(Action<ProfileSource> write)
    {
        using (gate.Enter())
        {
            profile.Leave();
            try
            {
                profile.UseAsEnded(write);
            }
            catch (EmptyProfileException)
            {
                Forget();
                throw;
            }
            catch (Exception e)
            {
                WhyUnwritten = e.Message;
                throw;
            }
            Forget();
        }
    }

    void Forget()
    {
        hasEnded = true;
        output.Release();
        profile.Clear();
    }

    /// <summary>Writes what has been recorded so far, and goes on.</summary>
    /// <inheritdoc cref="Stop" path="/exception"/>
    public void Write(string path)
    {
        using (gate.Enter())
            profile.UseAsEnded(source => ProfFile.Write(source, path));
    }

    /// <summary>Forgets what has been recorded so far, and goes on if it has not stopped.</summary>
    public void Clear()
    {
        using (gate.Enter())
        {
            if (WhyUnwritten is null)
                profile.Clear();
            else
                Forget();
        }
    }

    /// <summary>Whether somebody measures a part of it, which would be cut short if it were cleared.</summary>
    public bool HasMeasurements => profile.HasMeasurements;

    /// <summary>The calls that have ended so far.</summary>
    public long CountCalls()
    {
        var sum = new CallSum();
        profile.UseAsEnded(source => source.Visit(sum));
        return sum.Calls;
    }

    // The program goes on.
    void EndAsSet(RunSettings settings, int? recording, bool isAtCall)
    {
        if (settings.For is { } time)
            EndAfter(time);
        if (settings.StopAfter is { } method)
            EndAfter(method, recording, isAtCall);
    }

    void EndAfter(string method, int? recording, bool isAtCall)
    {
        notCalled = method;
        Recorder.LeavingWatched = () =>
        {
            profile.Leave();
            // The caller does not wait for that.
            BackgroundThread.Begin("ProfilerWeaver end", () => End(() => { }));
        };
        new MethodWatch(method, () =>
        {
            notCalled = null;
            return true;
        }).Begin(recording, isAtCall);
    }

    void EndAfter(TimeSpan duration)
    {
        Ends = Deadline.In(duration);
        BackgroundThread.Begin("ProfilerWeaver end", () =>
        {
            Pause.For(duration);
            End(profile.Leave);
        });
    }

    void End() => End(profile.Disable);

    void End(Action stop)
    {
        using (gate.Enter())
        {
            if (hasEnded)
                return;
            hasEnded = true;
            warmUp?.Complain();
            if (notCalled is { } method)
                Complaint.Once($"{Printable.Text(method)} was not called after the profile had begun (give a method as reports name it): the profile goes on to the end of the run");
            Recorder.Unrecorded(() => output.WriteFinally(write =>
            {
                stop();
                profile.UseAsEnded(write);
            }));
        }
    }

    // If the process goes on, because the program has a handler that wants it so, recording goes on, too.
    void WriteBeforeEnd()
    {
        var before = Volatile.Read(ref writes);
        using (gate.Enter())
        {
            // Whoever sends a signal twice does not want to wait twice.
            if (!hasEnded && before == writes)
            {
                Recorder.Unrecorded(() => output.Write(profile.UseAsEnded, isEnding: true));
                warmUp?.Complain();
            }
            writes++;
        }
    }

    bool WriteCheckpoint()
    {
        using (gate.Enter())
        {
            if (!hasEnded)
                Recorder.Unrecorded(() => output.Write(profile.UseAsEnded, isEnding: false));
            return !hasEnded;
        }
    }

    sealed class CallSum : ProfileVisitor
    {
        public long Calls { get; private set; }

        public override void BeginThread(int id, string name)
        {
        }

        public override void BeginTree(bool isTruncated)
        {
        }

        public override void Enter(int method, in ContextFigures figures) => Calls += method < 0 ? 0 : figures.Calls;

        public override void Leave()
        {
        }

        public override void EndTree()
        {
        }
    }
}
