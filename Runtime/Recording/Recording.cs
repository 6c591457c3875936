using System.Diagnostics;

namespace ProfilerWeaver;

/// <summary>
/// One stretch of recording, from the moment it is switched on until it is switched off: its clock, and the tree of
/// each thread that took part.
/// </summary>
sealed unsafe class Recording(Clock clock, bool subcalls, bool builtins)
{
    static readonly List<ArenaOwner> Owners = [];
    static int lastNumber;

    readonly List<RecordedThread> threads = [];
    readonly long started = Stopwatch.GetTimestamp();

    /// <summary>Where all recordings of the process keep their frames and contexts.</summary>
    public static RecorderMemory Memory { get; } = new();

    /// <summary>Tells this recording from earlier ones; never 0.</summary>
    public int Number { get; } = Interlocked.Increment(ref lastNumber);

    public Clock Clock => clock;

    /// <summary>Whether calls of external methods are recorded, where their call sites are woven.</summary>
    public bool Builtins => builtins;

    public DateTime StartedUtc { get; } = DateTime.UtcNow;

    public TimeSpan Duration => TimeSpan.FromSeconds((Stopwatch.GetTimestamp() - started) / (double)Stopwatch.Frequency);

    /// <summary>The threads so far, in the order of their first call.</summary>
    public RecordedThread[] Threads
    {
        get
        {
            lock (threads)
                return [.. threads];
        }
    }

    /// <summary>Gives the calling thread a tree in this recording.</summary>
    /// <param name="arena">The thread's arena; null if it has none yet.</param>
    /// <returns>The thread's arena, ready to record into.</returns>
    public ThreadArena* Join(ThreadArena* arena)
    {
        var thread = Thread.CurrentThread;
        if (arena == null)
            arena = AdoptOrCreate(thread);
        arena->Begin(Number, !subcalls, Memory);
        lock (threads)
            threads.Add(new(threads.Count + 1, new(thread), thread.Name ?? "", arena, arena->Root));
        return arena;
    }

    // Threads come and go; what they recorded is kept, but the stacks of those that ended serve the next ones.
    ThreadArena* AdoptOrCreate(Thread thread)
    {
        lock (Owners)
        {
            foreach (var owner in Owners)
            {
                if (owner.Thread.TryGetTarget(out var former) && former.IsAlive)
                    continue;
                owner.Thread.SetTarget(thread);
                // A thread that was ended in the midst of a method leaves it open for ever.
                Recorder.CloseAll(owner.Arena, clock.IsOfThread ? owner.Arena->Stack.LastInstant : clock.Read());
                return owner.Arena;
            }
            var arena = ThreadArena.Create(Memory);
            Owners.Add(new(new(thread), arena));
            return arena;
        }
    }

    sealed class ArenaOwner(WeakReference<Thread> thread, ThreadArena* arena)
    {
        public WeakReference<Thread> Thread { get; } = thread;

        public ThreadArena* Arena { get; } = arena;
    }
}

/// <summary>What a recording knows of a thread.</summary>
sealed unsafe class RecordedThread(
    int id, WeakReference<Thread> thread, string firstName, ThreadArena* arena, Node* root)
{
    public int Id => id;

    /// <summary>The name that the thread has by now, or had when it first called a woven method.</summary>
    public string Name => thread.TryGetTarget(out var target) && target.Name is { Length: > 0 } name ? name : firstName;

    public Node* Root => root;

    /// <summary>Whether its contexts are no tree.</summary>
    public bool IsFlat => arena->Flat;

    /// <summary>Whether it is the calling thread.</summary>
    public bool IsCurrent => thread.TryGetTarget(out var target) && target == Thread.CurrentThread;

    /// <summary>The thread's stack; null if it was taken over by another thread, so that nothing is open.</summary>
    public ThreadArena* Stack => arena->Root == root ? arena : null;
}
