using System.Reflection;
using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

// What happens seldom: a thread's first call in a recording, an exit out of order. Kept out of line so that the hot path stays small. What does more than arithmetic saves the caller's errors
// first: the program may be about to read them.
public static unsafe partial class Recorder
{
    // Set while this thread runs recorder code that may call back into woven code: the user's timer, a framework call
    // that raises an event. What is entered meanwhile is not recorded.
    [ThreadStatic]
    static bool t_busy;

    // In the token of a truncated activation, which is so never the frame on top: its exit takes the slow path.
    const int TruncatedToken = 1;

    // In the token of a resumed activation, whose call is another one's (Recorder.Async.cs).
    const int ResumedToken = 2;

    // Given to a module whose methods are not recorded: the ids of all its methods are below those of others, and above the
    // marked ones of truncated contexts (TruncatedNode.Mark), which the hot path would take for theirs.
    const int UnrecordedId = int.MinValue / 2;

    static Func<long>? s_timer;

    // What is done before a module is taken note of, with the settings that it was woven with: see Hosting.
    internal static Action<string>? Starting;

    static Recording? s_recording;

    /// <summary>Called by each woven module before its first method: takes its method table, and begins to record if
    /// this is the first module and its settings say so. Never throws.</summary>
    /// <param name="table">The module's table (<see cref="MethodTableFormat"/>).</param>
    /// <param name="length">Its length in bytes.</param>
    /// <returns>The id of the module's first method.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static int Register(nint table, int length)
    {
        var errors = CallerErrors.Save();
        var wasBusy = t_busy;
        t_busy = true;
        var work = OwnWork.Begin();
        try
        {
            if (MethodTable.VersionOf((byte*)table, length) is var version && version != MethodTableFormat.Version)
            {
                Complaint.Once(MethodTable.Refusal(version, Assembly.GetCallingAssembly().GetName().Name ?? "a module"));
                return UnrecordedId;
            }
            // First: the table is to lie in the live file, too.
            Starting?.Invoke(MethodTable.SettingsOf((byte*)table, length));
            return ModuleTables.Register((byte*)table, length);
        }
        catch (Exception e)
        {
            GiveUp(e);
            return UnrecordedId;
        }
        finally
        {
            work.End();
            t_busy = wasBusy;
            errors.Restore();
        }
    }

    /// <summary>Makes <paramref name="recording"/> the one that threads record into from their next call on; null:
    /// none.</summary>
    internal static void Switch(Recording? recording)
    {
        // Off first: no thread may begin with the session of one recording and the clock of another.
        Volatile.Write(ref s_session, 0);
        s_recording?.Sampler?.End();
        s_recording = recording;
        s_builtins = recording is { Builtins: true };
        // The clock stays when recording ends: on other threads frames are open that began with it.
        if (recording is null)
            return;
        s_timer = recording.Clock.Timer;
        s_countsOnly = !recording.Clock.IsReadInCalls && !recording.IsFlat;
        s_readClock = recording.Clock.Reader;
        s_readCounter = recording.Clock.CounterCode;
        Volatile.Write(ref s_session, recording.Number);
        recording.Sampler?.Begin();
    }

    /// <summary>Goes on with another recording of the same kind. No call falls between the two.</summary>
    internal static void Continue(Recording recording)
    {
        s_recording?.Sampler?.End();
        s_recording = recording;
        Volatile.Write(ref s_session, recording.Number);
        recording.Sampler?.Begin();
    }

    /// <summary>Whether the recording with this number is in progress.</summary>
    internal static bool IsRecording(int number) => s_session == number;

    /// <summary>Looks for the time of the recording in progress; null if nobody does.</summary>
    internal static Sampler? Sampler => s_recording?.Sampler;

    /// <summary>Runs <paramref name="action"/> without recording what it calls on this thread.</summary>
    internal static void Unrecorded(Action action)
    {
        var others = NotRecorded.Begin();
        try
        {
            action();
        }
        finally
        {
            others.End();
        }
    }

    /// <summary>A stretch in which nothing is recorded that is called on the thread.</summary>
    readonly struct NotRecorded
    {
        readonly ThreadArena* arena;
        readonly bool wasBusy;

        NotRecorded(ThreadArena* arena, bool wasBusy)
        {
            this.arena = arena;
            this.wasBusy = wasBusy;
        }

        public static NotRecorded Begin()
        {
            var before = new NotRecorded(t_arena, t_busy);
            t_arena = null;
            t_busy = true;
            return before;
        }

        public void End()
        {
            t_busy = wasBusy;
            t_arena = arena;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static nint EnterFirst(int method, bool isAsync)
    {
        if (!TryJoin())
            return 0;
        return isAsync ? Push(method, isAsync: true) : Enter(method);
    }

    // Whether the calling thread takes part in the recording in progress, now or already.
    static bool TryJoin()
    {
        if (s_session == 0 || t_busy)
            return false;
        var errors = CallerErrors.Save();
        t_busy = true;
        try
        {
            if (s_recording is not { } recording)
                return false;
            var arena = t_arena == null ? TakeArena(recording.Clock) : t_arena;
            recording.Join(arena);
            t_arena = arena;
            if (s_scope is { Value: { } scope })
                SetBase(arena, scope);
        }
        catch (Exception e)
        {
            GiveUp(e);
            return false;
        }
        finally
        {
            t_busy = false;
            errors.Restore();
        }
        // The recording may have been ended meanwhile; then this call is simply not in it. What the thread reads from now on, the
        // clock above all, is that of the session.
        return t_arena->Session == Volatile.Read(ref s_session);
    }

    /// <summary>The root of the calling thread's tree, which takes part in the recording from now on; null if it cannot.</summary>
    internal static Node* JoinedRoot() =>
        (t_arena != null && t_arena->Session == s_session && s_session != 0) || TryJoin() ? t_arena->Root : null;

    static ThreadArena* TakeArena(Clock clock)
    {
        var arena = ArenaPool.Take(Thread.CurrentThread, out var isUsed);
        // A thread that was ended in the midst of a method leaves it open for ever.
        if (isUsed)
            CloseAll(arena, clock.IsOfThread ? arena->Stack.LastInstant : clock.Read() - arena->Excluded);
        return arena;
    }

    // An activation that is not on top of the stack, or is truncated, or is none of this recording.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void ExitOutOfOrder(ThreadArena* arena, Frame* frame, long now)
    {
        if (CloseAbove(arena, frame, now))
        {
            CloseTop(arena, now);
        }
        else if (arena->Stack.IsLeftOver(frame))
        {
            CloseAll(arena, now);
            arena->Stack.LeaveLeftOver(frame);
        }
    }

    // What lies above was left without an exit, by an exception or for good: it ended no later than now.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static bool CloseAbove(ThreadArena* arena, Frame* frame, long now)
    {
        arena->Stack.LeaveEmptySegments();
        // Mostly it is a truncated one that ends in order.
        if (arena->Stack.Top != frame || frame == arena->Stack.Base)
        {
            if (!arena->Stack.IsOpen(frame))
                return false;
            while (arena->Stack.Top != frame)
                CloseTop(arena, now);
        }
        return true;
    }

    // Ends whatever is open on the stack of a thread.
    static void CloseAll(ThreadArena* arena, long now)
    {
        arena->Stack.LeaveEmptySegments();
        while (arena->Stack.Top != arena->Stack.Base)
            CloseTop(arena, now);
    }

    static void CloseTop(ThreadArena* arena, long now)
    {
        var frame = arena->Stack.Top;
        if (TruncatedNode.Is(frame->Node))
            CloseTruncated(arena, frame, now);
        else
            Close(arena, frame, now);
        arena->Stack.LeaveEmptySegments();
        if (frame == s_watched)
            TellWatched(arena);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void CloseTruncated(ThreadArena* arena, Frame* frame, long now)
    {
        var work = OwnWork.Since(arena, now);
        TruncatedCalls.Exit(arena, frame, now);
        work.End();
    }

    static Frame* FrameOf(nint token) => (Frame*)(token & ~(nint)(TruncatedToken | ResumedToken | WatchedToken));

    /// <summary>A clock that calls <paramref name="timer"/>, whose unit is <paramref name="secondsPerTick"/>.</summary>
    internal static Clock MakeClock(Func<long> timer, double secondsPerTick) =>
        Clock.Custom(timer, secondsPerTick, &CallTimer, &CallTimer);

    /// <summary>Reads the user's clock that is in use. Never throws.</summary>
    static long CallTimer() => CallTimer(s_timer!);

    /// <summary>Reads a user's clock, without recording what it calls. Never throws.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    static long CallTimer(Func<long> timer)
    {
        var errors = CallerErrors.Save();
        var others = NotRecorded.Begin();
        try
        {
            return timer();
        }
        catch (Exception e)
        {
            Complaint.Once($"the profile's timer threw {e.GetType().Name} ({e.Message}): 0 is used instead");
            return 0;
        }
        finally
        {
            others.End();
            errors.Restore();
        }
    }

    static void GiveUp(Exception e)
    {
        Switch(null);
        Complaint.Once($"recording stopped ({e.GetType().Name}: {e.Message}); the profile ends here");
    }
}
