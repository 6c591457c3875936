using System.Collections.Concurrent;

namespace ProfilerWeaver;

/// <summary>
/// Stands in for the recorder and mends nothing: each method that is entered must be exited once, on its thread, in
/// order. Only external calls, which have no finally, may be left to the one who catches the exception.
/// </summary>
public static class Recorder
{
    static readonly ConcurrentQueue<string> Complaints = [];

    [ThreadStatic]
    static Stack<(nint Token, int Method, bool IsExternal)>? t_frames;

    static int s_open;
    static long s_entered;

    /// <summary>How many activations are open now, on all threads.</summary>
    public static int Open => Volatile.Read(ref s_open);

    /// <summary>How many activations there were.</summary>
    public static long Entered => Interlocked.Read(ref s_entered);

    /// <summary>What was out of order.</summary>
    public static string[] Violations => [.. Complaints];

    /// <summary>Called by woven code.</summary>
    public static int Register(nint table, int length) => 1;

    /// <summary>Called by woven code.</summary>
    public static nint Enter(int method) => Push(method, isExternal: false);

    /// <summary>Called by woven code.</summary>
    public static nint EnterExternal(int method) => Push(method, isExternal: true);

    /// <summary>Called by woven code.</summary>
    public static void Exit(nint token)
    {
        if (token == 0)
            return;
        CloseExternalsAbove(token, "Exit");
        if (t_frames is { Count: > 0 } frames && frames.Peek().Token == token)
            Pop();
    }

    /// <summary>Called by woven code.</summary>
    public static nint EnterAsync(int method, ref AsyncActivation activation)
    {
        activation.Entries++;
        return Enter(method);
    }

    /// <summary>Called by woven code.</summary>
    public static void Suspend(nint token) => Exit(token);

    /// <summary>Called by woven code. A method that did not begin cannot end.</summary>
    public static void Complete(nint token, ref AsyncActivation activation)
    {
        if (activation.Entries == 0)
            Complaints.Enqueue($"Complete of an activation that was not entered\n{Environment.StackTrace}");
        Exit(token);
    }

    /// <summary>Called by woven code.</summary>
    public static void Catch(nint token)
    {
        if (token != 0)
            CloseExternalsAbove(token, "Catch");
    }

    static nint Push(int method, bool isExternal)
    {
        var token = (nint)Interlocked.Increment(ref s_entered);
        (t_frames ??= []).Push((token, method, isExternal));
        Interlocked.Increment(ref s_open);
        return token;
    }

    static void Pop()
    {
        t_frames!.Pop();
        Interlocked.Decrement(ref s_open);
    }

    static void CloseExternalsAbove(nint token, string what)
    {
        var frames = t_frames;
        while (frames is { Count: > 0 } && frames.Peek() is var top && top.Token != token && top.IsExternal)
            Pop();
        if (frames is not { Count: > 0 } || frames.Peek().Token != token)
        {
            var open = frames is null ? "nothing" : string.Join(", ", frames.Select(frame => frame.Method));
            Complaints.Enqueue($"{what} of an activation that is not on top of: {open}\n{Environment.StackTrace}");
        }
    }
}

/// <summary>Lies in the state machines of async methods.</summary>
public struct AsyncActivation
{
    internal int Entries;
}
