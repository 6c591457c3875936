using System.Runtime.CompilerServices;

namespace ProfilerWeaver;

// Scopes: contexts that the program opens itself. They are kept like the contexts of async methods, which go on on other threads,
// and flow as AsyncLocal does. An async method enters those that it has opened whenever it is resumed; on a thread on which
// nothing else is open, what is called lies below the scope that has flown there.
public static unsafe partial class Recorder
{
    // Null until there is a scope: without one nothing looks at what flows.
    static AsyncLocal<OpenScope?>? s_scope;

    /// <summary>Opens a scope on the calling thread, below what is open there.</summary>
    /// <param name="label">Its label.</param>
    /// <returns>Null if nothing is recorded, or there is no room for its context.</returns>
    internal static OpenScope? BeginScope(string label)
    {
        return s_session is not (not 0 and var session) || t_busy ? null : OpenScopeOf(ScopeLabels.IdOf(label, session), isMeasurement: false);
    }

    /// <summary>Opens a scope of whose contexts nobody else has any.</summary>
    /// <param name="method">The id of its label, which is in no other scope that is open.</param>
    /// <returns>Null if nothing is recorded, or there is no room for its context.</returns>
    internal static OpenScope? BeginMeasured(int method)
    {
        if (s_session == 0 || t_busy || OpenScopeOf(method, isMeasurement: true) is not { } scope)
            return null;
        // Whoever reads the trees puts all measurements together.
        ThreadArena.Of(t_arena->Stack.Topmost)->HasSuspended = true;
        return scope;
    }

    static OpenScope? OpenScopeOf(int method, bool isMeasurement)
    {
        if (s_scope == null)
            Interlocked.CompareExchange(ref s_scope, new(FollowFlow), null);
        var activation = default(AsyncActivation);
        var token = Begin(method, ref activation);
        if (activation.Origin == 0)
        {
            Exit(token);
            return null;
        }
        var opener = AsyncNode.OriginOf(Frame.Below(FrameOf(token))->Node);
        var scope = new OpenScope(method, activation, (nint)opener, s_scope.Value, isMeasurement);
#if NET8_0_OR_GREATER
        var outside = ExecutionContext.Capture();
        s_scope.Value = scope;
        scope.NoteFlow(outside, ExecutionContext.Capture());
#else
        s_scope.Value = scope;
#endif
        return scope;
    }

    /// <summary>Closes a scope, on whatever thread.</summary>
    internal static void EndScope(OpenScope scope)
    {
        var now = Now();
        if (s_session != 0 && scope.Activation.Session == s_session)
        {
            var arena = t_arena;
            var frame = arena != null && arena->Session == s_session ? FindOpen(arena, scope) : null;
            if (frame == null)
            {
                CompleteElsewhere(now, scope.Activation);
            }
            else
            {
                if (frame->Node->IsContinuation)
                    CompleteHere((AsyncNode*)frame->Node, now, scope.Activation);
                PopAt((nint)frame, now);
            }
        }
        LeaveScope(scope);
    }

    /// <summary>Goes on outside of a scope that is still open: what was called in it waits.</summary>
    internal static void SuspendScope(OpenScope scope)
    {
        if (t_arena != null && t_arena->Session == s_session)
            SuspendTop(t_arena, scope);
        LeaveScope(scope);
    }

    static void LeaveScope(OpenScope scope)
    {
#if NET8_0_OR_GREATER
        // Nothing else was changed in what flows: it becomes what it was, which is quicker than to make it anew. FollowFlow is told.
        if (scope.Outside is { } outside && scope.Inside is { } inside && ExecutionContext.Capture() == inside)
        {
            ExecutionContext.Restore(outside);
            return;
        }
#endif
        if (s_scope!.Value != scope)
            return;
        s_scope.Value = scope.Outer;
        if (t_arena != null && t_arena->Session == s_session && t_arena->Stack.Top == t_arena->Stack.Base)
            SetBase(t_arena, scope.Outer);
    }

    static Frame* FindOpen(ThreadArena* arena, OpenScope scope)
    {
        for (var frame = arena->Stack.Topmost; frame != arena->Stack.Base; frame = Frame.Below(frame))
        {
            if (IsOf(frame, scope))
                return frame;
        }
        return null;
    }

    static bool IsOf(Frame* frame, OpenScope scope) => (nint)AsyncNode.OriginOf(frame->Node) == scope.Activation.Origin;

    // The open scope on top of the stack above an activation; the activation, if there is none.
    static Frame* TopScopeAbove(ThreadArena* arena, Frame* activation)
    {
        var innermost = s_scope!.Value;
        for (var frame = arena->Stack.Topmost; frame != arena->Stack.Base && frame != activation; frame = Frame.Below(frame))
        {
            for (var scope = innermost; scope != null; scope = scope.Outer)
            {
                if (IsOf(frame, scope))
                    return frame;
            }
        }
        return activation;
    }

    // The scopes that an activation has opened in its context, which are open on no thread while it waits.
    static void EnterScopesOf(ThreadArena* arena, Node* context)
    {
        var outermost = s_scope!.Value;
        while (outermost != null && outermost.Opener != (nint)context)
            outermost = outermost.Outer;
        if (outermost == null || outermost.Activation.Session != arena->Session)
            return;
        var scopes = new Stack<OpenScope>();
        for (var scope = s_scope.Value; scope != outermost; scope = scope!.Outer)
            scopes.Push(scope!);
        scopes.Push(outermost);
        foreach (var scope in scopes)
            Continue(arena, scope.Method + 1, (Node*)scope.Activation.Origin);
    }

    // The method in the frame waits, and so do the scopes that it has opened.
    static void SuspendScopesAbove(ThreadArena* arena, Frame* frame)
    {
        for (var scope = s_scope!.Value; scope != null && arena->Stack.Topmost != frame; scope = scope.Outer)
        {
            if (!SuspendTop(arena, scope))
                return;
        }
    }

    static bool SuspendTop(ThreadArena* arena, OpenScope scope)
    {
        var top = arena->Stack.Topmost;
        if (top == arena->Stack.Base || !IsOf(top, scope))
            return false;
        PopSuspended((nint)top | (top->Node->IsContinuation ? ResumedToken : 0));
        return true;
    }

    // Something else goes on on the thread.
    static void FollowFlow(AsyncLocalValueChangedArgs<OpenScope?> change)
    {
        var arena = t_arena;
        if (!change.ThreadContextChanged || arena == null || arena->Session != s_session || arena->Flat || !arena->HasTree)
            return;
        // Left by a method that is not woven, which waits: nobody else says so.
        if (HasOnlyScopes(arena, change.PreviousValue))
        {
            for (var scope = change.PreviousValue; scope != null && SuspendTop(arena, scope);)
                scope = scope.Outer;
        }
        if (arena->Stack.Top == arena->Stack.Base)
            SetBase(arena, change.CurrentValue);
    }

    static bool HasOnlyScopes(ThreadArena* arena, OpenScope? scope)
    {
        var frame = arena->Stack.Topmost;
        for (; frame != arena->Stack.Base && scope != null && IsOf(frame, scope); scope = scope.Outer)
            frame = Frame.Below(frame);
        return frame == arena->Stack.Base;
    }

    // What is called next lies below the scope.
    static void SetBase(ThreadArena* arena, OpenScope? scope)
    {
        // What a measurement has left behind is not in it, nor in the next one.
        while (scope is { IsOver: true })
            scope = scope.Outer;
        var node = arena->Root;
        if (scope != null && scope.Activation.Session == arena->Session && !arena->Flat && arena->HasTree)
        {
            arena->HasSuspended = true;
            // It is there, but for the first time: this happens with each request of a service, and more than once.
            var known = arena->FindContinuation(node, scope.Method + 1, (Node*)scope.Activation.Origin);
            node = known != null ? known : AddBase(arena, scope);
        }
        arena->Stack.Base->Node = node;
    }

    // The root, if there is no room.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static Node* AddBase(ThreadArena* arena, OpenScope scope)
    {
        var errors = CallerErrors.Save();
        var others = NotRecorded.Begin();
        try
        {
            var added = arena->FindOrAddAsyncChild(arena->Root, scope.Method + 1, (Node*)scope.Activation.Origin, RecorderMemory.OfProcess);
            return added != null ? added : arena->Root;
        }
        catch (Exception e)
        {
            GiveUp(e);
            return arena->Root;
        }
        finally
        {
            others.End();
            errors.Restore();
        }
    }
}

/// <summary>A scope that is open, whatever threads it goes on on.</summary>
/// <param name="method">The id of its label.</param>
/// <param name="activation">Where it was opened.</param>
/// <param name="opener">The context of the method that has opened it.</param>
/// <param name="outer">The scope that was open there.</param>
/// <param name="isMeasurement">Whether nothing may begin in it any more when it is closed.</param>
sealed class OpenScope(int method, AsyncActivation activation, nint opener, OpenScope? outer, bool isMeasurement) : IDisposable
{
    int isClosed;

#if NET8_0_OR_GREATER
    /// <summary>What flowed when it was opened; null if nothing flows there.</summary>
    public ExecutionContext? Outside { get; private set; }

    /// <summary>What flows with it.</summary>
    public ExecutionContext? Inside { get; private set; }

    /// <summary>Notes what flowed without it, and what flows with it.</summary>
    public void NoteFlow(ExecutionContext? outside, ExecutionContext? inside) => (Outside, Inside) = (outside, inside);
#endif

    public int Method => method;

    public AsyncActivation Activation => activation;

    public nint Opener => opener;

    public OpenScope? Outer => outer;

    /// <summary>Whether it is a measurement that was stopped.</summary>
    public bool IsOver => isMeasurement && Volatile.Read(ref isClosed) != 0;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref isClosed, 1) == 0)
            Recorder.EndScope(this);
    }
}
