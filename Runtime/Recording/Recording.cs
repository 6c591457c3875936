using System.Diagnostics;

namespace ProfilerWeaver;

/// <summary>
/// One stretch of recording, from the moment it is switched on until it is switched off: its clock, and the tree of
/// each thread that took part.
/// </summary>
sealed unsafe class Recording
{
    static ThreadArena* s_scratch;

    static int lastNumber;

    readonly RecorderLock threadsGate = new();
    RecordedThread? lastThread;
    readonly long started = Stopwatch.GetTimestamp();
    readonly TimeSpan jitTimeBefore = RunFacts.JitTime;
    readonly TimeSpan gcPausesBefore = RunFacts.GcPauses;
    readonly RecordingEntry* entry;

    /// <param name="clock">What it measures with.</param>
    /// <param name="subcalls">Whether callers are told apart.</param>
    /// <param name="builtins">Whether calls of external methods are recorded, where their call sites are woven.</param>
    /// <param name="isAutomatic">Whether it belongs to the profile that is written when the program ends.</param>
    public Recording(Clock clock, bool subcalls, bool builtins, bool isAutomatic)
    {
        Clock = clock;
        Builtins = builtins;
        // Totals that are not measured come from the tree.
        IsFlat = !subcalls && clock.SampledTime is null;
        Sampler = clock.SampledTime is { } time ? new(Number, time, clock.SampleInterval, Stamp) : null;
        // Once in any case: what .NET has to find or load first is not to be found in the midst of a call.
        var now = clock.Timer is null ? clock.Read() : 0;
        Start = clock.IsOfThread ? 0 : now;
        entry = (RecordingEntry*)RecorderMemory.OfProcess.Allocate(sizeof(RecordingEntry));
        *entry = new()
        {
            Number = Number,
            Clock = TextBlock.Create(clock.Name),
            Unit = (int)clock.Unit,
            ClockIsOfThread = clock.IsOfThread,
            ClockIsCustom = clock.Timer is not null,
            ClockIsSampled = clock.SampledTime is not null,
            StartedUtc = StartedUtc.Ticks,
            Start = Start,
            IsAutomatic = isAutomatic,
            Compensate = true,
        };
        Stamp();
        Registry.Add(entry);
    }

    /// <summary>Tells this recording from earlier ones; never 0.</summary>
    public int Number { get; } = Interlocked.Increment(ref lastNumber);

    public Clock Clock { get; }

    /// <summary>Who finds out where the time goes; null if it is measured in calls.</summary>
    public Sampler? Sampler { get; }

    /// <summary>Whether calls of external methods are recorded, where their call sites are woven.</summary>
    public bool Builtins { get; }

    /// <summary>Whether callers are not told apart.</summary>
    public bool IsFlat { get; }

    /// <summary>What recording adds to the times, as far as it was measured.</summary>
    public RecordingOverhead Overhead
    {
        get => OverheadOf(entry);
        set => (entry->CallOverhead, entry->LeastOverhead) = (value.CallTicks, value.LeastTicks);
    }

    /// <summary>Whether readers of the profile are to take the overhead off.</summary>
    public bool Compensate
    {
        get => entry->Compensate;
        init => entry->Compensate = value;
    }

    /// <summary>What a recording in this process or in a live file says of it.</summary>
    public static RecordingOverhead OverheadOf(RecordingEntry* entry) =>
        new(entry->CallOverhead, entry->LeastOverhead) { IsSampled = entry->ClockIsSampled && entry->CallOverhead > 0 };

    public DateTime StartedUtc { get; } = DateTime.UtcNow;

    /// <summary>The clock when it began; 0 if it is not one of all threads.</summary>
    public long Start { get; }

    /// <summary>When it began, counted from the first woven method.</summary>
    public TimeSpan Began => RunFacts.SinceFirstWoven(started);

    public TimeSpan Duration => new(DurationTicks);

    /// <summary>The time in the JIT compiler since it began.</summary>
    public TimeSpan JitTime => RunFacts.JitTime - jitTimeBefore;

    /// <summary>The pauses for the garbage collector since it began.</summary>
    public TimeSpan GcPauses => RunFacts.GcPauses - gcPausesBefore;

    // In units of 100 ns.
    long DurationTicks =>
        (long)((Stopwatch.GetTimestamp() - started) * ((double)TimeSpan.TicksPerSecond / Stopwatch.Frequency));

    /// <summary>Whether the program wanted it forgotten.</summary>
    public bool IsDiscarded => entry->IsDiscarded;

    /// <summary>The calls of all threads for which there was no room in their trees; null if there were none.</summary>
    public Node* Truncated => entry->Truncated;

    /// <summary>The root of the thread that made them all; null if it was several.</summary>
    public Node* TruncatedBy => entry->TruncatedBy;

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

    /// <summary>Whether an async method was suspended or resumed.</summary>
    public bool HasSuspended => Array.Exists(Threads, thread => thread.HasSuspended);

    /// <summary>Gives the calling thread a tree in this recording.</summary>
    /// <param name="arena">The thread's arena.</param>
    public void Join(ThreadArena* arena)
    {
        var thread = Thread.CurrentThread;
        var name = thread.Name ?? "";
        arena->Sampled.Join(Clock.SampledTime);
        if (!arena->Begin(Number, IsFlat, RecorderMemory.OfProcess))
            return;
        var threadEntry = (ThreadEntry*)RecorderMemory.OfProcess.Allocate(sizeof(ThreadEntry));
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
    }

    /// <summary>Notes that the process is alive now, how long the recording lasts, and how long a tick is, for a reader of the live
    /// file.</summary>
    public void Stamp()
    {
        entry->SecondsPerTick = Clock.EstimateTick();
        // Before the duration: a thread that is held up between the two makes the profile longer, not shorter than its calls.
        if (!Clock.IsOfThread && Clock.Timer is null)
            entry->LastSeen = Clock.Read();
        entry->Duration = DurationTicks;
    }

    /// <summary>Notes that nothing is recorded any more.</summary>
    public void End()
    {
        Stamp();
        Volatile.Write(ref entry->HasEnded, true);
    }

    /// <summary>Puts the finished recording into the live file as a whole, if it belongs to the program's profile: it must
    /// not be lost if the process is killed once the threads' trees hold another one.</summary>
    public void Keep(ProfileData data)
    {
        if (!Registry.IsInFile || !entry->IsAutomatic)
            return;
        var section = ProfSectionWriter.Write(data);
        var length = checked((int)section.Length);
        var copy = RecorderMemory.OfProcess.Allocate(length);
        using (var target = new UnmanagedMemoryStream(copy, 0, length, FileAccess.Write))
            section.CopyTo(target);
        section.Clear();
        entry->SectionLength = length;
        Volatile.Write(ref *(nint*)&entry->Section, (nint)copy);
    }

    /// <summary>An empty arena whose tree is not in the profile. There is only one: callers must take turns.</summary>
    public ThreadArena* BorrowArena()
    {
        if (s_scratch == null)
            s_scratch = ThreadArena.Create(RecorderMemory.OfProcess);
        // What was in it before is of no use to anybody.
        s_scratch->Session = 0;
        s_scratch->Begin(Number, flat: false, RecorderMemory.OfProcess, mayTruncate: false);
        return s_scratch;
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

    /// <summary>Whether an async method was suspended or resumed on it, or on one that had its arena before.</summary>
    public bool HasSuspended => entry->Arena->HasSuspended;

    /// <summary>Whether it is the calling thread.</summary>
    public bool IsCurrent => thread.TryGetTarget(out var target) && target == Thread.CurrentThread;

    /// <summary>The thread's arena, with its stack; null if it was taken over by another thread, so that nothing is
    /// open.</summary>
    public ThreadArena* Arena => entry->Arena->Root == entry->Root ? entry->Arena : null;
}
