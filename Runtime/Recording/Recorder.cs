using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

/// <summary>
/// What woven code calls, and nothing else: <see cref="Enter"/> at the start of a method, <see cref="Exit"/> with the
/// token when it is left in whatever way. Not meant to be called by hand; see <see cref="Profile"/>.
/// </summary>
/// <remarks>
/// The arithmetic is that of CPython's <c>_lsprof</c>, on a tree of contexts instead of on functions. The clock is read
/// last on entry and first on exit, so what the recorder itself costs is charged to the caller's own time.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe partial class Recorder
{
    // No field here has an initializer: the class would get a static constructor, and each access a check for it.
    [ThreadStatic]
    static ThreadArena* t_arena;

    // The number of the recording in progress; 0 when nothing is recorded.
    static int s_session;

    // Whether the recording in progress has external methods in it.
    static bool s_builtins;

    // Whether the recording in progress is a tree without a clock: nothing is left to do at an exit but to count it.
    static bool s_countsOnly;

    // The code that reads the processor's counter (CycleCounter); 0 when another clock is in use.
    static nint s_readCounter;

    // Reads the clock if it is another one; null if none is. A function pointer, not a delegate: a call without the
    // checks of one.
    static delegate*<long> s_readClock;

    /// <summary>Notes that a method begins on this thread.</summary>
    /// <param name="method">The id of the method: its module's base plus its index in the module's table.</param>
    /// <returns>The token that <see cref="Exit"/> takes; 0 if nothing is recorded.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint Enter(int method) => s_session == 0 ? 0 : Push(method);

    /// <summary>Notes that a method outside the woven assemblies is called on this thread.</summary>
    /// <param name="method">Its id, as for <see cref="Enter"/>.</param>
    /// <returns>The token that <see cref="Exit"/> takes; 0 if nothing is recorded, or no external methods.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static nint EnterExternal(int method) => s_builtins ? Enter(method) : 0;

    /// <summary>Notes that a method ends on this thread, by return or by exception.</summary>
    /// <param name="token">What <see cref="Enter"/> returned for this activation. One that is not on top of the stack
    /// closes what lies above it; one that is not on the stack at all, or 0, does nothing.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Exit(nint token)
    {
        if (token != 0)
            Pop(token);
    }

    /// <summary>Notes that the activation with <paramref name="token"/> caught an exception: what it called has
    /// ended.</summary>
    /// <param name="token">What <see cref="Enter"/> returned for this activation.</param>
    public static void Catch(nint token)
    {
        var arena = t_arena;
        if (token == 0 || arena == null)
            return;
        // Scopes that the activation has opened end when they are disposed, perhaps by the code that follows.
        var frame = s_scope is null ? FrameOf(token) : TopScopeAbove(arena, FrameOf(token));
        if (arena->Stack.Top != frame)
            CloseAbove(arena, frame, Now() - arena->Excluded);
    }

    // What woven methods have inlined is a test and a call; the rest would fill the processor's instruction cache with
    // copies of itself.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static nint Push(int method) => Push(method, isAsync: false);

    // Twice in the code, for the sake of what is constant in each.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static nint Push(int method, bool isAsync)
    {
        var arena = t_arena;
        if (arena == null || arena->Session != s_session)
            return EnterFirst(method, isAsync);

        // The callee is mostly the one of last time, or the one that followed it.
        var top = arena->Stack.Top;
        var node = top->Node->LastChild;
        if (node->Method != method)
        {
            node = node->NextSibling;
            if (node->Method != method)
                return EnterNew(arena, method, isAsync);
            top->Node->LastChild = node;
        }
        var frame = top + 1;
        if (frame == arena->Stack.End)
            return EnterNew(arena, method, isAsync);

        frame->Node = node;
        if (s_countsOnly)
        {
            Volatile.Write(ref *(nint*)&arena->Stack.Top, (nint)frame);
            return (nint)frame;
        }
        // Who reads the stack meanwhile, or when the process is killed, goes by the level of what he finds open.
        if (arena->Flat)
            node->Level++;
        frame->ChildTime = 0;
        // A reader that sees the frame is to see its context, too. It costs nothing on x64, whose stores keep their order.
        Volatile.Write(ref *(nint*)&arena->Stack.Top, (nint)frame);
        frame->Start = Now() - arena->Excluded;
        return (nint)frame;
    }

    // Without a clock, and in order; anything else is left to PopTimed by a jump. A method that calls another one and goes
    // on saves registers first, whether it gets there or not, which takes longer than the counting.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Pop(nint token)
    {
        if (s_countsOnly)
        {
            var frame = FrameOf(token);
            var arena = ThreadArena.Of(frame);
            if (arena->Stack.Top == (Frame*)token && arena->Stack.Base != frame)
            {
                frame->Node->Calls++;
                Volatile.Write(ref *(nint*)&arena->Stack.Top, (nint)(frame - 1));
                return;
            }
        }
        PopTimed(token);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void PopTimed(nint token) => PopAt(token, Now());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void PopAt(nint token, long now)
    {
        var frame = FrameOf(token);
        var arena = ThreadArena.Of(frame);
        now -= arena->Excluded;
        if (arena->Stack.Top != (Frame*)token || arena->Stack.Base == frame)
            ExitOutOfOrder(arena, frame, now);
        else
            Close(arena, frame, now);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void Close(ThreadArena* arena, Frame* frame, long now)
    {
        var node = frame->Node;
        var parent = frame - 1;
        node->Calls++;
        // A reader that does not see the frame any more is to see that it was counted.
        Volatile.Write(ref *(nint*)&arena->Stack.Top, (nint)parent);
        if (s_countsOnly)
            return;
        var elapsed = now - frame->Start;
        parent->ChildTime += elapsed;
        node->Self += elapsed - frame->ChildTime;
        // In a tree no context is entered twice; to keep its level would take longer than all the rest.
        if (arena->Flat)
        {
            ((FlatNode*)node)->Add(elapsed, isOutermost: --node->Level == 0, isSampled: false);
            return;
        }
        node->Cumulative += elapsed;
        if (elapsed > node->Slowest)
            node->Slowest = elapsed;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static long Now()
    {
#if NET8_0_OR_GREATER
        var counter = s_readCounter;
        if (counter != 0)
            return CycleCounter.Read(counter);
#endif
        var read = s_readClock;
        return read == null ? 0 : read();
    }
}
