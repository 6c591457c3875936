using System.Diagnostics;

namespace Scenarios;

/// <summary>The ways in which a process ends.</summary>
static class Ending
{
    // depth + 1 calls, all of them open at the end.
    public static int Exit(int depth, int code)
    {
        if (depth > 0)
            return Exit(depth - 1, code);
        Environment.Exit(code);
        return -1;
    }

    // depth + 1 calls, all of them open when the exception finds no handler.
    public static int Throw(int depth)
    {
        if (depth > 0)
            return Throw(depth - 1);
        throw new InvalidOperationException("as asked");
    }

    public static int OnThread(Func<int> action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
        return -1;
    }

    public static int OnPool()
    {
        ThreadPool.QueueUserWorkItem(_ => Throw(2));
        Thread.Sleep(Timeout.Infinite);
        return -1;
    }

    // Suspended once, so that the exception comes from the thread pool.
    public static async Task<int> ThrowAsync()
    {
        await Task.Delay(1);
        return Throw(2);
    }

    public static int ThrowAsyncVoid()
    {
        Fire();
        Thread.Sleep(Timeout.Infinite);
        return -1;
    }

    static async void Fire()
    {
        await Task.Delay(1);
        Throw(2);
    }

    public static int LeaveThread(bool isBackground)
    {
        var started = new ManualResetEventSlim();
        if (isBackground)
            new Thread(() => WorkForEver(started)) { IsBackground = true }.Start();
        else
            new Thread(() => WorkLater(started)).Start();
        started.Wait();
        return 3;
    }

    static void WorkLater(ManualResetEventSlim started)
    {
        started.Set();
        Thread.Sleep(200);
        Work.Do();
        Console.WriteLine("the thread is done");
    }

    static void WorkForEver(ManualResetEventSlim started)
    {
        started.Set();
        while (true)
            Busy();
    }

    static void Busy()
    {
    }

    public static int WorkAtExit()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Work.Do();
            Console.WriteLine("worked at exit");
        };
        return 0;
    }

    public static int FailFast()
    {
        Environment.FailFast("as asked");
        return -1;
    }

    public static int Kill()
    {
        Process.GetCurrentProcess().Kill();
        return -1;
    }

    // depth + 1 calls, all of them open at the end.
    public static int KillDeep(int depth) => depth > 0 ? KillDeep(depth - 1) + 1 : Kill();

    // Suspended on one thread, resumed on another, and not completed.
    public static int KillAwaiting()
    {
        var gate = new TaskCompletionSource();
        var task = Await(gate.Task);
        OnThread(() => Release(gate));
        return task.Result;
    }

    static int Release(TaskCompletionSource gate)
    {
        gate.SetResult();
        return 0;
    }

    static async Task<int> Await(Task gate)
    {
        Work.Do();
        await gate;
        return Kill();
    }

    public static int OverflowStack(int depth) => OverflowStack(depth + 1) + 1;
}
