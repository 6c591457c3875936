namespace ProfilerWeaver;

/// <summary>
/// A deterministic profile of the woven code that runs between <see cref="Enable"/> and <see cref="Disable"/>, on all
/// threads: how often each method was called, by whom, and where the time went.
/// </summary>
/// <remarks>Only one profile records at a time. A program that was woven with <c>AutoStart</c> is recorded by a profile
/// of its own from the first method on, which <see cref="Current"/> gives access to.</remarks>
public sealed class Profile : IDisposable
{
    static readonly object Gate = new();
    static Profile? s_current;

    readonly Clock clock;
    readonly bool subcalls;
    readonly bool builtins;
    readonly List<ProfileData> finished = [];
    Recording? recording;

    /// <summary>Makes a profile that measures elapsed time.</summary>
    public Profile()
        : this(Clock.Wall, subcalls: true, builtins: true)
    {
    }

    /// <summary>Makes a profile that measures with a clock of the caller's.</summary>
    /// <param name="timer">Returns the time in units of its own. What it calls is not recorded. If it throws, 0 stands
    /// in for the time.</param>
    /// <param name="timeUnit">The length of the timer's unit in seconds; positive.</param>
    /// <param name="subcalls">Whether callers are told apart; otherwise only flat rows are recorded.</param>
    /// <param name="builtins">Whether calls of methods outside the woven assemblies are recorded, if the assemblies were
    /// woven with them.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeUnit"/> is not positive.</exception>
    public Profile(Func<long> timer, double timeUnit, bool subcalls = true, bool builtins = true)
        : this(Clock.Custom(timer ?? throw new ArgumentNullException(nameof(timer)), Positive(timeUnit)), subcalls, builtins)
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

    /// <summary>The profile that is recording now; null if none is.</summary>
    public static Profile? Current => Volatile.Read(ref s_current);

    internal static Profile Automatic(Clock clock, bool subcalls, bool builtins) => new(clock, subcalls, builtins);

    /// <summary>Begins or goes on recording. Methods that are already running are not in the profile; what they call
    /// from now on is.</summary>
    /// <exception cref="InvalidOperationException">A profile is recording already.</exception>
    public void Enable()
    {
        lock (Gate)
        {
            if (s_current is not null)
            {
                throw new InvalidOperationException(
                    (s_current == this ? "This profile" : "Another profile") + " is recording already, and only one can. " +
                    "Disable Profile.Current first. If that is the automatic profile of the program, turn it off with " +
                    "AutoStart=\"false\" in FodyWeavers.xml or with PROFILERWEAVER=0 in the environment.");
            }
            s_current = this;
            recording = new(clock, subcalls, builtins);
            Recorder.Switch(recording);
        }
    }

    /// <summary>Stops recording. Methods that are still running count as ended now. Does nothing if this profile is not
    /// recording.</summary>
    public void Disable()
    {
        lock (Gate)
        {
            if (recording is null)
                return;
            Recorder.Switch(null);
            finished.Add(Snapshot.Take(recording, closeOpenFrames: true));
            recording = null;
            s_current = null;
        }
    }

    /// <summary>Forgets what was recorded so far, and goes on recording if it was. Methods that are running then are not
    /// counted when they end.</summary>
    public void Clear()
    {
        lock (Gate)
        {
            finished.Clear();
            if (recording is not null)
                Recorder.Switch(recording = new(clock, subcalls, builtins));
        }
    }

    /// <summary>What has been recorded so far. While recording, methods that have not ended yet are not counted.</summary>
    public ProfileData SnapshotStats()
    {
        lock (Gate)
        {
            if (recording is null)
                return ProfileMerge.Combine(finished);
            return ProfileMerge.Combine([.. finished, Snapshot.Take(recording, closeOpenFrames: false)]);
        }
    }

    /// <summary>Stops recording and returns what was recorded.</summary>
    public ProfileData CreateStats()
    {
        Disable();
        return SnapshotStats();
    }

    /// <summary>Stops recording and writes the profile.</summary>
    /// <param name="path">The file, which CPython's pstats and <see cref="ProfFile"/> read. An existing file is replaced
    /// once the new one is complete.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be written.</exception>
    public void DumpStats(string path) => ProfFile.Write(CreateStats(), path);

    /// <summary>Stops recording.</summary>
    public void Dispose() => Disable();

    static double Positive(double timeUnit) =>
        timeUnit > 0 && !double.IsInfinity(timeUnit)
            ? timeUnit
            : throw new ArgumentOutOfRangeException(nameof(timeUnit), timeUnit, "The time unit must be positive: seconds a tick.");
}
