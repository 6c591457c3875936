namespace ProfilerWeaver;

/// <summary>The arenas of all threads. Threads come and go; what they recorded is kept, but the stacks of those that ended
/// serve the next ones.</summary>
static unsafe class ArenaPool
{
    static readonly RecorderLock Gate = new();

    // A chain: a list would be a type that .NET has to make, with eight interfaces, whenever a program begins.
    static ArenaOwner? s_lastOwner;

    /// <summary>The last one of the chain of arenas and their threads, of which there are as many as ran at once.</summary>
    public static ArenaOwner? LastOwner => Volatile.Read(ref s_lastOwner);

    /// <summary>The arena for a thread that has none.</summary>
    /// <param name="thread">The thread.</param>
    /// <param name="isUsed">Whether another thread had it, which may have been ended in the midst of a method.</param>
    public static ThreadArena* Take(Thread thread, out bool isUsed)
    {
        using (Gate.Enter())
        {
            for (var owner = s_lastOwner; owner is not null; owner = owner.Previous)
            {
                if (owner.IsAlive)
                    continue;
                owner.Thread.SetTarget(thread);
                isUsed = true;
                return owner.Arena;
            }
            isUsed = false;
            var arena = ThreadArena.Create(RecorderMemory.OfProcess);
            Volatile.Write(ref s_lastOwner, new(new(thread), arena, s_lastOwner));
            return arena;
        }
    }

    /// <summary>Who records into an arena.</summary>
    public sealed class ArenaOwner(WeakReference<Thread> thread, ThreadArena* arena, ArenaOwner? previous)
    {
        public ArenaOwner? Previous { get; } = previous;

        public WeakReference<Thread> Thread { get; } = thread;

        public ThreadArena* Arena { get; } = arena;

        /// <summary>Whether the thread has not ended.</summary>
        public bool IsAlive => Thread.TryGetTarget(out var target) && target.IsAlive;
    }
}
