namespace ProfilerWeaver;

// The call whose end somebody waits for. Its token is marked, so that its exit takes the slow path; and its activation, if it is
// async, for when it has waited.
public static unsafe partial class Recorder
{
    // In the token of the watched activation.
    const int WatchedToken = 4;

    /// <summary>Told of each method that is called for the first time from where it is called, before the call is recorded; says
    /// whether to tell <see cref="LeavingWatched"/> of its end. Null: nobody wants to know.</summary>
    internal static Func<int, bool>? EnteringFirst;

    /// <summary>Told once that the watched call has ended, when it has been recorded; null: nobody waits for it.</summary>
    internal static Action? LeavingWatched;

    // As long as it has not waited.
    static Frame* s_watched;

    // Whoever is told may begin another recording at this call.
    static bool TellFirst(ThreadArena* arena, int method)
    {
        var isWatched = false;
        Tell(arena, () => isWatched = EnteringFirst?.Invoke(method) ?? false);
        return isWatched;
    }

    static void TellWatched(ThreadArena* arena)
    {
        s_watched = null;
        if (Interlocked.Exchange(ref LeavingWatched, null) is { } leaving)
            Tell(arena, leaving);
    }

    static void Tell(ThreadArena* arena, Action action)
    {
        var errors = CallerErrors.Save();
        var work = OwnWork.Begin(arena);
        t_busy = true;
        try
        {
            action();
        }
        catch (Exception e)
        {
            GiveUp(e);
        }
        finally
        {
            t_busy = false;
            work.End();
            errors.Restore();
        }
    }
}
