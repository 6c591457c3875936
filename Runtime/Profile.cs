namespace ProfilerWeaver;

/// <summary>
/// A deterministic profile of the woven code that runs between <see cref="Enable"/> and <see cref="Disable"/>, on all
/// threads: how often each method was called, by whom, and where the time went.
/// </summary>
/// <remarks>Only one profile records at a time. A program that was woven with <c>AutoStart</c> is recorded by a profile
/// of its own from the first method on, which <see cref="Current"/> gives access to. Safe for use by several
/// threads.</remarks>
public sealed partial class Profile : IDisposable
{
    static readonly object Gate = new();
    static Profile? s_current;

    readonly Clock clock;
    List<ProfileSource>? finished;
    bool subcalls;
    bool builtins;
    bool isAutomatic;
    bool compensate = true;
    Recording? recording;

    /// <summary>Makes a profile that measures elapsed time, or with a clock of the caller's.</summary>
    /// <param name="timer">Returns the time in units of its own; null: elapsed time is measured. What it calls is not
    /// recorded, and it must not switch a profile. If it throws, 0 stands in for the time. If it goes backwards, times
    /// are negative.</param>
    /// <param name="timeUnit">The length of the timer's unit in seconds, for example 0.001; 0: the timer returns seconds.
    /// Without a timer it has no meaning.</param>
    /// <param name="subcalls">Whether callers are told apart; otherwise only flat rows are recorded.</param>
    /// <param name="builtins">Whether calls of methods outside the woven assemblies are recorded, if the assemblies were
    /// woven with them.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeUnit"/> is negative, or no number.</exception>
    public Profile(Func<long>? timer = null, double timeUnit = 0.0, bool subcalls = true, bool builtins = true)
        : this(ProfileTimer.Clock(timer, timeUnit), subcalls, builtins)
    {
    }

    /// <summary>Makes a profile that measures with a clock of the caller's.</summary>
    /// <param name="timer">Returns the time in seconds, which is kept in whole nanoseconds. What it calls is not recorded,
    /// and it must not switch a profile. If it throws, or returns what is no number, 0 stands in for the time. If it goes
    /// backwards, times are negative.</param>
    /// <param name="subcalls">Whether callers are told apart; otherwise only flat rows are recorded.</param>
    /// <param name="builtins">Whether calls of methods outside the woven assemblies are recorded, if the assemblies were
    /// woven with them.</param>
    public Profile(Func<double> timer, bool subcalls = true, bool builtins = true)
        : this(ProfileTimer.Clock(timer), subcalls, builtins)
    {
    }

    /// <summary>Makes a profile that measures with a ready-made clock.</summary>
    /// <param name="clock">What to measure.</param>
    /// <param name="subcalls">Whether callers are told apart; otherwise only flat rows are recorded.</param>
    /// <param name="builtins">Whether calls of methods outside the woven assemblies are recorded, if the assemblies were
    /// woven with them.</param>
    public Profile(Clock clock, bool subcalls = true, bool builtins = true)
    {
        this.clock = clock ?? throw new ArgumentNullException(nameof(clock));
        this.subcalls = subcalls;
        this.builtins = builtins;
    }

    /// <summary>The profile that is recording now; null if none is. In a woven process that is the automatic one, unless
    /// it was turned off.</summary>
    public static Profile? Current => Volatile.Read(ref s_current);

    /// <summary>Whether this profile is recording.</summary>
    public bool IsEnabled => Current == this;

    internal static Profile Automatic(RunSettings settings) =>
        new(settings.Clock, settings.Subcalls, settings.Builtins) { isAutomatic = true, compensate = settings.Compensate };

    /// <summary>Makes a profile of elapsed time that is recording.</summary>
    /// <exception cref="InvalidOperationException">A profile is recording already.</exception>
    public static Profile Start()
    {
        var profile = new Profile();
        profile.Enable();
        return profile;
    }

    /// <summary>Begins or goes on recording. Methods that are already running are not in the profile; what they call
    /// from now on is.</summary>
    /// <param name="subcalls">Whether callers are told apart from now on; null: as before.</param>
    /// <param name="builtins">Whether calls of methods outside the woven assemblies are recorded from now on; null: as
    /// before.</param>
    /// <exception cref="InvalidOperationException">A profile is recording already, or this is a profile's
    /// timer.</exception>
    public void Enable(bool? subcalls = null, bool? builtins = null)
    {
        ProfileTimer.Refuse(nameof(Enable));
        lock (Gate)
        {
            if (s_current is { } current)
                throw new InvalidOperationException(WhyNotBeside(current));
            this.subcalls = subcalls ?? this.subcalls;
            this.builtins = builtins ?? this.builtins;
            s_current = this;
            Record();
        }
    }

    /// <summary>Stops recording. Methods that are still running count as ended now. Does nothing if this profile is not
    /// recording.</summary>
    /// <exception cref="InvalidOperationException">This is a profile's timer.</exception>
    public void Disable()
    {
        ProfileTimer.Refuse(nameof(Disable));
        lock (Gate)
        {
            if (recording is not { } ended)
                return;
            ended.Overhead = Recorder.MeasureOverhead(ended);
            Recorder.Switch(null);
            recording = null;
            s_current = null;
            (finished ??= []).Add(ended.End());
        }
    }

    /// <summary>Forgets what was recorded so far, and goes on recording if it was. Methods that are running then are not
    /// counted when they end.</summary>
    /// <exception cref="InvalidOperationException">This is a profile's timer.</exception>
    public void Clear()
    {
        ProfileTimer.Refuse(nameof(Clear));
        lock (Gate)
        {
            finished = null;
            if (isAutomatic)
                Registry.DiscardAutomatic();
            if (recording is not null)
                Record();
        }
    }

    /// <summary>What has been recorded so far. While recording, methods that have not ended yet are not counted.</summary>
    public ProfileData SnapshotStats()
    {
        lock (Gate)
            return Source(asEnded: false).ToData();
    }

    /// <summary>Does something with what has been recorded so far, as if it ended now. Nothing is made of it in memory, and
    /// nobody can begin to record meanwhile.</summary>
    internal void UseAsEnded(Action<ProfileSource> action)
    {
        lock (Gate)
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

    /// <summary>Stops recording. What was recorded can still be read, and the profile be enabled again.</summary>
    public void Dispose() => Disable();

    ProfileSource Source(bool asEnded)
    {
        var parts = finished is null ? [] : new List<ProfileSource>(finished);
        if (recording is not null)
        {
            recording.Overhead = Recorder.MeasureOverhead(recording);
            parts.Add(new RecordedProfile(recording, asEnded));
        }
        return CombinedProfile.Of(parts);
    }

    void Record() => Recorder.Switch(recording = new(clock, subcalls, builtins, isAutomatic) { Compensate = compensate });

    string WhyNotBeside(Profile current)
    {
        var who = current == this ? "This profile"
            : current.isAutomatic ? $"The automatic profile of {ThisProcess.Name}"
            : "Another profile";
        return who + " is recording already, and only one can. Disable Profile.Current first. If that is the automatic " +
            "profile of the program, turn it off with AutoStart=\"false\" in FodyWeavers.xml or with PROFILERWEAVER=0 in " +
            "the environment.";
    }
}
