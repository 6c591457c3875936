using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

// Calls whose context no guess of the hot path found: it is looked up, made, or has no room. What asks something of the system
// saves the caller's errors first: the program may be about to read them.
public static unsafe partial class Recorder
{
    // A context's first call, or one that no guess found, or one for which the stack has to grow.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static nint EnterNew(ThreadArena* arena, int method, bool isAsync)
    {
        if (arena->Stack.Top + 1 != arena->Stack.End)
        {
            var node = arena->FindChild(arena->Stack.Top->Node, method);
            if (node != null)
            {
                var frame = Place(arena, node, mark: 0);
                frame->Start = Now() - arena->Excluded;
                return (nint)frame;
            }
            if (method >= 0 && Volatile.Read(ref EnteringFirst) is null)
            {
                var token = EnterAtHand(arena, method, isAsync);
                if (token != 0)
                    return token;
            }
        }
        return EnterGrowing(arena, method, isAsync, origin: null);
    }

    // A new context, or a truncated call, for which nothing is asked of the system: the caller's errors need not be saved. In large
    // programs there are millions of either. Returns 0 if more is needed.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static nint EnterAtHand(ThreadArena* arena, int method, bool isAsync)
    {
        var work = OwnWork.Begin(arena);
        var caller = arena->Stack.Top->Node;
        var memory = RecorderMemory.OfProcess;
        var mark = 0;
        var node = arena->TryAddChild(caller, method, isAsync, memory);
        if (node == null && arena->IsFull(caller, isAsync, memory))
        {
            node = TruncatedCalls.TryEnter(arena, method, memory);
            mark = TruncatedToken;
        }
        if (node == null)
        {
            work.End();
            return 0;
        }
        return EnterAndEnd(arena, node, mark, work);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static nint EnterGrowing(ThreadArena* arena, int method, bool isAsync, Node* origin)
    {
        // Of a module that is not recorded: it has no context anywhere.
        if (method < 0)
            return 0;
        var isWatched = Volatile.Read(ref EnteringFirst) is not null && TellFirst(arena, method);
        // Whoever was told has perhaps begun another one.
        if (arena->Session != s_session)
            return EnterFirst(method, isAsync);
        var errors = CallerErrors.Save();
        var work = OwnWork.Begin(arena);
        // A live file that cannot grow is told by an exception, and that perhaps to a woven handler: its calls could not wait for
        // what is in the making here.
        var others = NotRecorded.Begin();
        Node* node;
        var mark = 0;
        try
        {
            if (arena->Stack.Top + 1 == arena->Stack.End)
                arena->Stack.EnterNextSegment(RecorderMemory.OfProcess);
            var caller = arena->Stack.Top->Node;
            node = TruncatedNode.Is(caller) ? null
                : isAsync ? arena->FindOrAddAsyncChild(caller, method, origin, RecorderMemory.OfProcess)
                : arena->FindOrAddChild(caller, method, RecorderMemory.OfProcess);
            if (node == null)
            {
                node = TruncatedCalls.Enter(arena, method, RecorderMemory.OfProcess);
                mark = TruncatedToken;
            }
        }
        catch (Exception e)
        {
            GiveUp(e);
            node = null;
        }
        finally
        {
            others.End();
            errors.Restore();
        }
        if (node == null)
        {
            work.End();
            return 0;
        }
        var token = EnterAndEnd(arena, node, mark, work);
        if (!isWatched)
            return token;
        s_watched = FrameOf(token);
        return token | WatchedToken;
    }

    // Enters a context, and lets the thread's clock go on.
    static nint EnterAndEnd(ThreadArena* arena, Node* node, int mark, in OwnWork work)
    {
        var frame = Place(arena, node, mark);
        var now = work.EndAndRead();
        frame->Start = arena->Sampled.IsOn ? arena->Sampled.Charged : now;
        return (nint)frame + mark;
    }

    static Frame* Place(ThreadArena* arena, Node* node, int mark)
    {
        var frame = arena->Stack.Top + 1;
        frame->Node = node;
        frame->ChildTime = 0;
        if (arena->Flat && mark == 0)
            node->Level++;
        Volatile.Write(ref *(nint*)&arena->Stack.Top, (nint)frame);
        return frame;
    }
}
