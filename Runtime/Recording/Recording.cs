using System.Diagnostics;

namespace ProfilerWeaver;

/// <summary>
/// One stretch of recording, from the moment it is switched on until it is switched off: its clock, and the tree of
/// each thread that took part.
/// </summary>
sealed unsafe class Recording
{
    static ThreadArena* s_scratch;

    // A chain, as for the threads below: a list would be a type that .NET has to make, with eight interfaces, whenever a
    // program begins.
    static readonly RecorderLock OwnersGate = new();
    static ArenaOwner? s_lastOwner;

    static int lastNumber;

    // The recording whose trees the arenas still hold, if it has ended and is to be kept. Profiles take turns.
    static Recording? s_inArenas;

    readonly RecorderLock threadsGate = new();
    RecordedThread? lastThread;
    readonly long started = Stopwatch.GetTimestamp();
    readonly RecordingEntry* entry;
    RecordedProfile? result;

    /// <param name="clock">What it measures with.</param>
    /// <param name="subcalls">Whether callers are told apart.</param>
    /// <param name="builtins">Whether calls of external methods are recorded, where their call sites are woven.</param>
    /// <param name="isAutomatic">Whether it belongs to the profile that is written when the program ends.</param>
    public Recording(Clock clock, bool subcalls, bool builtins, bool isAutomatic)
    {
        s_inArenas?.MoveFromArenas();
        Clock = clock;
        Builtins = builtins;
        IsFlat = !subcalls;
        // Once in any case: what .NET has to find or load first is not to be found in the midst of a call.
        var now = clock.Timer is null ? clock.Read() : 0;
        Start = clock.IsOfThread ? 0 : now;
        entry = (RecordingEntry*)Memory.Allocate(sizeof(RecordingEntry));
        *entry = new()
        {
            Number = Number,
            Clock = TextBlock.Create(clock.Name),
            Unit = (int)clock.Unit,
            ClockIsOfThread = clock.IsOfThread,
            ClockIsCustom = clock.Timer is not null,
            StartedUtc = StartedUtc.Ticks,
            Start = Start,
            IsAutomatic = isAutomatic,
            Compensate = true,
        };
        Stamp();
        Registry.Add(entry);
    }

    /// <summary>Where all recordings of the process keep their frames and contexts.</summary>
    public static RecorderMemory Memory { get; } = new();

    /// <summary>Tells this recording from earlier ones; never 0.</summary>
    public int Number { get; } = Interlocked.Increment(ref lastNumber);

    public Clock Clock { get; }

    /// <summary>Whether calls of external methods are recorded, where their call sites are woven.</summary>
    public bool Builtins { get; }

    /// <summary>Whether callers are not told apart.</summary>
    public bool IsFlat { get; }

    /// <summary>What recording adds to the times, as far as it was measured.</summary>
    public RecordingOverhead Overhead
    {
        get => new(entry->CallOverhead, entry->LeastOverhead);
        set => (entry->CallOverhead, entry->LeastOverhead) = (value.CallTicks, value.LeastTicks);
    }

    /// <summary>Whether readers of the profile are to take the overhead off.</summary>
    public bool Compensate
    {
        get => entry->Compensate;
        init => entry->Compensate = value;
    }

    public DateTime StartedUtc { get; } = DateTime.UtcNow;

    /// <summary>The clock when it began; 0 if it is not one of all threads.</summary>
    public long Start { get; }

    public TimeSpan Duration => new(DurationTicks);

    // In units of 100 ns.
    long DurationTicks =>
        (long)((Stopwatch.GetTimestamp() - started) * ((double)TimeSpan.TicksPerSecond / Stopwatch.Frequency));

    /// <summary>The calls of all threads for which there was no room in their trees; null if there were none.</summary>
    public Node* Folded => entry->Folded;

    /// <summary>The root of the thread that made them all; null if it was several.</summary>
    public Node* FoldedBy => entry->FoldedBy;

    /// <summary>The threads so far, in the order of their first call.</summary>
    public RecordedThread[] Threads
    {
        get
        {
            using (threadsGate.Enter())
            {
                var threads = new RecordedThread[lastThread?.Id ?? 0];
                for (var thread = lastThread; thread is not null; thread = thread.Previous)
                    threads[thread.Id - 1] = thread;
                return threads;
            }
        }
    }

    /// <summary>Gives the calling thread a tree in this recording.</summary>
    /// <param name="arena">The thread's arena; null if it has none yet.</param>
    /// <returns>The thread's arena, ready to record into.</returns>
    public ThreadArena* Join(ThreadArena* arena)
    {
        var thread = Thread.CurrentThread;
        var name = thread.Name ?? "";
        if (arena == null)
            arena = AdoptOrCreate(thread);
        if (!arena->Begin(entry, IsFlat, Memory))
            return arena;
        var threadEntry = (ThreadEntry*)Memory.Allocate(sizeof(ThreadEntry));
        using (threadsGate.Enter())
        {
            *threadEntry = new()
            {
                Next = entry->Threads,
                Arena = arena,
                Root = arena->Root,
                Name = TextBlock.Create(name),
                Id = (lastThread?.Id ?? 0) + 1,
            };
            Volatile.Write(ref *(nint*)&entry->Threads, (nint)threadEntry);
            lastThread = new(threadEntry, new(thread), name, lastThread);
        }
        Stamp();
        return arena;
    }

    /// <summary>Notes that the process is alive now, and how long a tick is, for a reader of the live file.</summary>
    public void Stamp()
    {
        entry->Duration = DurationTicks;
        entry->SecondsPerTick = Clock.EstimateTick();
        if (!Clock.IsOfThread && Clock.Timer is null)
            entry->LastSeen = Clock.Read();
    }

    /// <summary>Notes that nothing is recorded any more.</summary>
    /// <returns>What was recorded.</returns>
    public RecordedProfile End()
    {
        var profile = RecordedProfile.OfEnded(this);
        Stamp();
        Volatile.Write(ref entry->HasEnded, true);
        result = profile;
        s_inArenas = this;
        return profile;
    }

    // The next recording takes the trees of the last one down. What belongs to the program's profile must not be lost
    // then if the process is killed: it goes into the live file as a whole.
    void MoveFromArenas()
    {
        s_inArenas = null;
        var profile = result;
        result = null;
        if (profile is null || entry->IsDiscarded)
            return;
        var data = profile.Move();
        if (!Registry.IsInFile || !entry->IsAutomatic)
            return;
        var section = ProfSection.Write(data);
        var length = checked((int)section.Length);
        var copy = Memory.Allocate(length);
        using (var target = new UnmanagedMemoryStream(copy, 0, length, FileAccess.Write))
            section.CopyTo(target);
        entry->SectionLength = length;
        Volatile.Write(ref *(nint*)&entry->Section, (nint)copy);
    }

    /// <summary>An empty arena whose tree is not in the profile. There is only one: callers must take turns.</summary>
    public ThreadArena* BorrowArena()
    {
        if (s_scratch == null)
            s_scratch = ThreadArena.Create(Memory);
        // What was in it before is of no use to anybody.
        s_scratch->Session = 0;
        s_scratch->Begin(entry, flat: false, Memory, mayFold: false);
        return s_scratch;
    }

    // Threads come and go; what they recorded is kept, but the stacks of those that ended serve the next ones.
    ThreadArena* AdoptOrCreate(Thread thread)
    {
        using (OwnersGate.Enter())
        {
            for (var owner = s_lastOwner; owner is not null; owner = owner.Previous)
            {
                if (owner.Thread.TryGetTarget(out var former) && former.IsAlive)
                    continue;
                owner.Thread.SetTarget(thread);
                // A thread that was ended in the midst of a method leaves it open for ever.
                Recorder.CloseAll(owner.Arena, Clock.IsOfThread ? owner.Arena->Stack.LastInstant : Clock.Read());
                return owner.Arena;
            }
            var arena = ThreadArena.Create(Memory);
            s_lastOwner = new(new(thread), arena, s_lastOwner);
            return arena;
        }
    }

    sealed class ArenaOwner(WeakReference<Thread> thread, ThreadArena* arena, ArenaOwner? previous)
    {
        public ArenaOwner? Previous { get; } = previous;

        public WeakReference<Thread> Thread { get; } = thread;

        public ThreadArena* Arena { get; } = arena;
    }
}

/// <summary>What a recording knows of a thread.</summary>
sealed unsafe class RecordedThread(
    ThreadEntry* entry, WeakReference<Thread> thread, string firstName, RecordedThread? previous)
{
    /// <summary>The thread that joined before.</summary>
    public RecordedThread? Previous { get; } = previous;

    public int Id { get; } = (previous?.Id ?? 0) + 1;

    /// <summary>The name that the thread has by now, or had when it first called a woven method.</summary>
    public string Name => thread.TryGetTarget(out var target) && target.Name is { Length: > 0 } name ? name : firstName;

    public Node* Root => entry->Root;

    /// <summary>Whether its contexts are no tree.</summary>
    public bool IsFlat => entry->Arena->Flat;

    /// <summary>Whether it is the calling thread.</summary>
    public bool IsCurrent => thread.TryGetTarget(out var target) && target == Thread.CurrentThread;

    /// <summary>The thread's arena, with its stack; null if it was taken over by another thread, so that nothing is
    /// open.</summary>
    public ThreadArena* Arena => entry->Arena->Root == entry->Root ? entry->Arena : null;
}
