namespace ProfilerWeaver;

// What the recorder does in the midst of the program's calls, and takes longer than the arithmetic of a call.
public static unsafe partial class Recorder
{
    /// <summary>Called in the midst of the recorder's own work, for tests: what passes there is in no row.</summary>
    internal static Action? AtOwnWork;

    /// <summary>Does something for which the calling thread's clock stands still.</summary>
    internal static T Exclude<T>(Func<T> action)
    {
        var work = OwnWork.Begin();
        try
        {
            return action();
        }
        finally
        {
            work.End();
        }
    }

    /// <summary>
    /// Work of the recorder's own: the clock of its thread stands still meanwhile (<see cref="ThreadArena.Excluded"/>), so that
    /// neither the method that it is done in nor any of its callers has the time.
    /// </summary>
    /// <remarks>A user's timer is read twice a call, as in CPython, and never for the recorder's sake: it may count its
    /// readings.</remarks>
    readonly struct OwnWork
    {
        readonly ThreadArena* arena;
        readonly long began;
        readonly bool isMeasured;

        OwnWork(ThreadArena* arena, long began)
        {
            this.arena = arena;
            this.began = began;
            isMeasured = s_timer is null;
            arena->Sampled.IsAtOwnWork = true;
            AtOwnWork?.Invoke();
        }

        /// <summary>Begins on a thread that may not be recorded.</summary>
        public static OwnWork Begin()
        {
            var arena = t_arena;
            return arena != null && arena->Session == s_session ? Begin(arena) : default;
        }

        /// <summary>Begins on a thread that is recorded.</summary>
        public static OwnWork Begin(ThreadArena* arena) => new(arena, s_timer is null ? Now() : 0);

        /// <summary>Begins at an instant of the thread's own clock.</summary>
        public static OwnWork Since(ThreadArena* arena, long now) => new(arena, now + arena->Excluded);

        /// <summary>Lets the thread's clock go on.</summary>
        public void End()
        {
            if (arena == null)
                return;
            if (isMeasured)
                EndAndRead();
            else
                arena->Sampled.IsAtOwnWork = false;
        }

        /// <summary>Lets the thread's clock go on, and reads it.</summary>
        public long EndAndRead()
        {
            arena->Sampled.IsAtOwnWork = false;
            var now = Now();
            if (isMeasured)
                arena->Excluded += now - began;
            return now - arena->Excluded;
        }
    }
}
