namespace ProfilerWeaver;

/// <summary>
/// A deterministic profile of the woven code that runs between <see cref="Enable"/> and <see cref="Disable"/>, on all
/// threads: how often each method was called, who called it, and where the time went.
/// </summary>
/// <remarks>Only one profile records at a time, but for those that see a part of what the automatic one records: a program woven
/// with <c>AutoStart</c> has a profile that records from the first method on; <see cref="Current"/> returns it. Profiles with the same
/// clock, and <see cref="Measure(Extent)"/>, work beside it. Thread-safe.</remarks>
public sealed partial class Profile : IDisposable
{
    const string HowToEnd = ", and only one profile can. Disable Profile.Current first. If that is the program's " +
        $"automatic profile, turn it off with {SettingName.AutoStart}=\"{SwitchText.Off}\" in FodyWeavers.xml or with {EnvironmentVariable.AutoStart}=0 in " +
        "the environment.";

    static readonly RecorderLock Gate = new();
    static Profile? s_current;

    readonly Clock clock;
    FinishedRecordings? finished;
    bool subcalls;
    bool builtins;
    bool isAutomatic;
    bool isInFile;
    bool compensate = true;
    Recording? recording;

    // What this profile records beside the one that is recording; null if that is this one, or nothing is recorded.
    Measurement? beside;

    /// <summary>Creates a profile that measures elapsed time, or uses a custom timer.</summary>
    /// <param name="timer">Returns the time in units of <paramref name="timeUnit"/>; null to measure elapsed time. Its
    /// calls are not recorded, and it must not enable or disable a profile. If it throws, the time is taken as 0. If it
    /// goes backwards, times are negative.</param>
    /// <param name="timeUnit">The length of the timer's unit in seconds, for example 0.001; 0 if the timer returns seconds.
    /// Ignored without a timer.</param>
    /// <param name="subcalls">Whether to record callers; if not, only flat rows are recorded.</param>
    /// <param name="builtins">Whether to record calls of methods outside the woven assemblies, if the assemblies were woven
    /// with <c>Builtins</c>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeUnit"/> is negative or not a number.</exception>
    public Profile(Func<long>? timer = null, double timeUnit = 0.0, bool subcalls = true, bool builtins = true)
        : this(ProfileTimer.Clock(timer, timeUnit), subcalls, builtins)
    {
    }

    /// <summary>Creates a profile that uses a custom timer.</summary>
    /// <param name="timer">Returns the time in seconds, which is stored as integer nanoseconds. Its calls are not recorded,
    /// and it must not enable or disable a profile. If it throws, or returns NaN or an infinity, the time is taken as 0. If
    /// it goes backwards, times are negative.</param>
    /// <param name="subcalls">Whether to record callers; if not, only flat rows are recorded.</param>
    /// <param name="builtins">Whether to record calls of methods outside the woven assemblies, if the assemblies were woven
    /// with <c>Builtins</c>.</param>
    public Profile(Func<double> timer, bool subcalls = true, bool builtins = true)
        : this(ProfileTimer.Clock(timer), subcalls, builtins)
    {
    }

    /// <summary>Creates a profile that uses a built-in clock.</summary>
    /// <param name="clock">What to measure.</param>
    /// <param name="subcalls">Whether to record callers; if not, only flat rows are recorded.</param>
    /// <param name="builtins">Whether to record calls of methods outside the woven assemblies, if the assemblies were woven
    /// with <c>Builtins</c>.</param>
    public Profile(Clock clock, bool subcalls = true, bool builtins = true)
    {
        this.clock = clock ?? throw new ArgumentNullException(nameof(clock));
        this.subcalls = subcalls;
        this.builtins = builtins;
    }

    /// <summary>The profile that is currently recording; null if there is none. In a woven process this is the automatic
    /// one, unless it was disabled.</summary>
    public static Profile? Current => Volatile.Read(ref s_current);

    /// <summary>Whether any profile has ever been recording in this process.</summary>
    internal static bool HasRecorded { get; private set; }

    /// <summary>Whether this profile is recording.</summary>
    public bool IsEnabled => Current == this || Volatile.Read(ref beside) is { IsStopped: false };

    /// <summary>The profile of the program as a whole.</summary>
    /// <param name="clock">What it measures.</param>
    /// <param name="subcalls">Whether to record callers.</param>
    /// <param name="builtins">Whether to record calls of methods outside the woven assemblies.</param>
    /// <param name="compensate">Whether readers are to take the overhead off.</param>
    /// <param name="isInFile">Whether it is found in a live file if the process is killed.</param>
    internal static Profile Automatic(Clock clock, bool subcalls, bool builtins, bool compensate, bool isInFile = false) =>
        new(clock, subcalls, builtins) { isAutomatic = true, compensate = compensate, isInFile = isInFile };

    /// <summary>Creates a profile of elapsed time and starts it.</summary>
    /// <exception cref="InvalidOperationException">A profile is already recording.</exception>
    public static Profile Start()
    {
        var profile = new Profile();
        profile.Enable();
        return profile;
    }

    /// <summary>Starts or resumes recording. Methods that are already running are not recorded; their subsequent calls
    /// are.</summary>
    /// <param name="subcalls">Whether to record callers from now on; null leaves it unchanged.</param>
    /// <param name="builtins">Whether to record calls of methods outside the woven assemblies from now on; null leaves it
    /// unchanged.</param>
    /// <exception cref="InvalidOperationException">A profile is already recording that this one cannot record beside, or this is
    /// called from a profile's timer.</exception>
    public void Enable(bool? subcalls = null, bool? builtins = null)
    {
        ProfileTimer.Refuse(nameof(Enable));
        using (Gate.Enter())
        {
            if (IsEnabled)
                throw new InvalidOperationException("This profile is already recording" + HowToEnd);
            // It is found in the file as a recording of its own.
            if (isInFile && s_current is { IsForMeasurements: true } measurements)
                measurements.Disable();
            var (newSubcalls, newBuiltins) = (subcalls ?? this.subcalls, builtins ?? this.builtins);
            if (s_current is { } current && WhyNotBeside(current, newSubcalls, newBuiltins) is { } reason)
                throw new InvalidOperationException(reason);
            (this.subcalls, this.builtins) = (newSubcalls, newBuiltins);
            TakeBeside();
            if (s_current is not null)
            {
                beside = BeginHere(Extent.All);
                return;
            }
            s_current = this;
            Record();
        }
    }

    /// <summary>Stops recording. Methods that are still running count as ending now. Does nothing if this profile is not
    /// recording.</summary>
    /// <exception cref="InvalidOperationException">This is called from a profile's timer.</exception>
    public void Disable()
    {
        ProfileTimer.Refuse(nameof(Disable));
        using (Gate.Enter())
        {
            TakeBeside();
            if (recording is not { } ended)
                return;
            ended.Overhead = Recorder.MeasureOverhead(ended);
            EndMeasurements();
            Recorder.Switch(null);
            recording = null;
            s_current = null;
            (finished ??= new()).Add(Recordings.End(ended));
        }
    }

    /// <summary>Discards everything recorded so far; if the profile is recording, it continues. Methods running at that
    /// time are not counted when they end.</summary>
    /// <exception cref="InvalidOperationException">This is called from a profile's timer.</exception>
    public void Clear()
    {
        ProfileTimer.Refuse(nameof(Clear));
        Clear(before: null);
    }

    /// <summary>As <see cref="Clear()"/>.</summary>
    /// <param name="before">What is done before anything is recorded anew; is told the number of the recording that begins then.</param>
    internal void Clear(Action<int>? before)
    {
        using (Gate.Enter())
        {
            finished = null;
            if (isAutomatic)
                Registry.DiscardAutomatic();
            if (recording is not null)
            {
                EndMeasurements();
                recording = Recordings.Begin(clock, subcalls, builtins, isAutomatic, compensate);
                before?.Invoke(recording.Number);
                Recorder.Continue(recording);
            }
            var former = beside;
            beside = null;
            if (former is not { IsStopped: false })
                return;
            beside = BeginHere(Extent.All);
            Recorder.Exclude(() => Finish(former));
        }
    }

    /// <summary>Returns what has been recorded so far. While recording, methods that are still running are not
    /// counted.</summary>
    public ProfileData SnapshotStats()
    {
        // The thread's time up to now; what the snapshot takes is not the program's.
        Recorder.Sampler?.Look();
        return Recorder.Exclude(() =>
        {
            using (Gate.Enter())
                return Source(asEnded: false).ToData();
        });
    }

    /// <summary>Does something with what has been recorded so far, as if it ended now. Nothing is made of it in memory, and
    /// nobody can begin to record meanwhile.</summary>
    internal void UseAsEnded(Action<ProfileSource> action)
    {
        using (Gate.Enter())
        {
            recording?.Stamp();
            action(Source(asEnded: true));
        }
    }

    /// <summary>Stops recording and returns what was recorded.</summary>
    public ProfileData CreateStats()
    {
        Disable();
        return SnapshotStats();
    }

    /// <summary>Stops recording. The data can still be read, and the profile can be enabled again.</summary>
    public void Dispose() => Disable();

    ProfileSource Source(bool asEnded)
    {
        var parts = finished is null ? [] : new List<ProfileSource>(finished.Parts);
        if (recording is not null)
        {
            recording.Sampler?.Look();
            recording.Overhead = Recorder.MeasureOverhead(recording);
            parts.Add(new RecordedProfile(recording, asEnded));
        }
        if (beside is { IsStopped: false })
            MeasureOverhead();
        if (beside is not null)
            parts.Add(new ReadyProfile(beside.Read(asEnded)));
        return CombinedProfile.Of(parts);
    }

    void Record()
    {
        Recorder.Switch(recording = Recordings.Begin(clock, subcalls, builtins, isAutomatic, compensate));
        HasRecorded = true;
    }

    // What it has recorded beside another one is its own from now on.
    void TakeBeside()
    {
        if (beside is not { } measurement)
            return;
        beside = null;
        Recorder.Sampler?.Look();
        // Also what it takes to combine it with others: the other one goes on recording.
        Recorder.Exclude(() =>
        {
            Finish(measurement);
            (finished ??= new()).Add(new ReadyProfile(measurement.Data!));
            return true;
        });
    }

    // A part of what the automatic profile records can be told from the rest, if it is the same that this one would record.
    string? WhyNotBeside(Profile current, bool subcalls, bool builtins)
    {
        if (!current.isAutomatic && !current.IsForMeasurements)
            return "Another profile is already recording" + HowToEnd;
        var who = current.isAutomatic ? $"The automatic profile of {ThisProcess.Name} is" : "Measurements are";
        var how = current.isAutomatic ? HowToEnd : ". Stop them first, or wait until they have ended.";
        return clock != current.clock ? $"{who} already recording with another clock ({current.clock.Name}, not {clock.Name}){how}"
            : subcalls != current.subcalls ? $"{who} already recording {(subcalls ? "without" : "with")} callers (Subcalls){how}"
            : current.builtins && !builtins ? $"{who} already recording methods outside the woven assemblies, too (Builtins){how}"
            : null;
    }
}
