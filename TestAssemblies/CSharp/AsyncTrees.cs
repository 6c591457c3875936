using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Scenarios;

/// <summary>Async programs whose trees, and whose times to the tick, are known by construction. What completes a task runs who
/// awaits it.</summary>
public static class AsyncTrees
{
    static TaskCompletionSource s_gate = null!;

    public static void CompletesAtOnce()
    {
        Time.Ticks += 1;
        Sum(Task.FromResult(5)).Wait();
        Sum(Task.FromResult(5)).Wait();
    }

    static async Task<int> Sum(Task<int> number)
    {
        Time.Ticks += 10;
        var result = await number;
        return Add(result);
    }

    static int Add(int number)
    {
        Time.Ticks += number;
        return number;
    }

    public static void Suspends()
    {
        s_gate = new();
        Time.Ticks += 1;
        var task = Outer(s_gate.Task);
        Time.Ticks += 1000;
        CompleteGate();
        Time.Ticks += 100_000;
        task.Wait();
    }

    static async Task Outer(Task gate)
    {
        Time.Ticks += 2;
        await Inner(gate);
        Time.Ticks += 4;
        Add(8);
    }

    static async Task Inner(Task gate)
    {
        Time.Ticks += 16;
        await gate;
        Time.Ticks += 32;
        Add(64);
    }

    // Is no caller of what goes on.
    static void CompleteGate()
    {
        Time.Ticks += 200;
        s_gate.SetResult();
        Time.Ticks += 300;
    }

    public static void ChainOfFive()
    {
        s_gate = new();
        var task = Link(5);
        Time.Ticks += 100;
        OnThread(s_gate.SetResult);
        task.Wait();
    }

    static async Task Link(int left)
    {
        Time.Ticks += 1;
        if (left == 1)
            await s_gate.Task;
        else
            await Link(left - 1);
        Time.Ticks += 1;
    }

    public static void TenAtOnce()
    {
        var gates = Enumerable.Range(0, 10).Select(_ => new TaskCompletionSource()).ToArray();
        var all = All(gates);
        foreach (var gate in gates)
        {
            Time.Ticks += 10;
            OnThread(gate.SetResult);
        }
        all.Wait();
    }

    static async Task All(TaskCompletionSource[] gates)
    {
        await Task.WhenAll(gates.Select(gate => One(gate.Task)));
        Time.Ticks += 3;
    }

    static async Task One(Task gate)
    {
        Time.Ticks += 1;
        await gate;
        Time.Ticks += 2;
    }

    public static void Streams()
    {
        s_gate = new();
        var task = Consume();
        Time.Ticks += 100;
        s_gate.SetResult();
        task.Wait();
    }

    static async Task Consume()
    {
        await foreach (var number in Produce())
            Add(number);
    }

    static async IAsyncEnumerable<int> Produce()
    {
        Time.Ticks += 10;
        yield return 1;
        Time.Ticks += 20;
        await s_gate.Task;
        Time.Ticks += 40;
        yield return 2;
        Time.Ticks += 80;
    }

    public static void Exceptions()
    {
        s_gate = new();
        var task = Catches();
        Time.Ticks += 1000;
        s_gate.SetException(new InvalidOperationException());
        task.Wait();
    }

    static async Task Catches()
    {
        try
        {
            await Passes();
        }
        catch (InvalidOperationException)
        {
            Time.Ticks += 1;
        }
    }

    static async Task Passes()
    {
        try
        {
            await s_gate.Task.ConfigureAwait(false);
        }
        finally
        {
            Time.Ticks += 10;
        }
    }

    public static void Cancellation()
    {
        using var source = new CancellationTokenSource();
        var task = Cancelled(source.Token);
        Time.Ticks += 100;
        source.Cancel();
        ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
        Time.Ticks += task.IsCanceled ? 1000 : 0;
    }

    static async Task Cancelled(CancellationToken token)
    {
        Time.Ticks += 1;
        await Task.Delay(Timeout.Infinite, token);
        Time.Ticks += 10;
    }

    public static void FireAndForget()
    {
        s_gate = new();
        var gate = new TaskCompletionSource();
        Forgets(gate.Task);
        Time.Ticks += 1000;
        CompleteGate();
        gate.SetResult();
        Time.Ticks += 5000;
    }

    static void Forgets(Task gate)
    {
        Time.Ticks += 1;
        _ = Inner(s_gate.Task);
        _ = Inner(new TaskCompletionSource().Task);
        Nobody(gate);
    }

    static async void Nobody(Task gate)
    {
        await gate;
        Time.Ticks += 7;
    }

    public static void Recursion()
    {
        s_gate = new();
        var task = Descend(3);
        Time.Ticks += 100;
        s_gate.SetResult();
        task.Wait();
    }

    static async Task<int> Descend(int left)
    {
        Time.Ticks += 1;
        if (left == 0)
        {
            await s_gate.Task;
            return 0;
        }
        var sum = await Descend(left - 1) + await Descend(0);
        Time.Ticks += 10;
        return sum;
    }

    public static void Generics()
    {
        TaskCompletionSource[] gates = [new(), new()];
        var tasks = new[] { Holder<int>.Hold(gates[0].Task, "a"), Holder<string>.Hold(gates[1].Task, 2) };
        Time.Ticks += 100;
        foreach (var gate in gates)
            gate.SetResult();
        Task.WaitAll(tasks);
    }

    static class Holder<T>
    {
        public static async Task Hold<TOther>(Task gate, TOther other)
        {
            Time.Ticks += 1;
            await gate;
            Add(typeof(T) == typeof(int) ? 10 : 20);
            GC.KeepAlive(other);
        }
    }

    public static void ValueTaskSources()
    {
        var source = new Source();
        var task = Uses(source);
        Time.Ticks += 100;
        source.Complete(3);
        Time.Ticks += 1000;
        task.Wait();
    }

    static async Task Uses(Source source)
    {
        Time.Ticks += 1;
        var number = await new ValueTask<int>(source, source.Version);
        Add(number);
    }

    sealed class Source : IValueTaskSource<int>
    {
        ManualResetValueTaskSourceCore<int> core;

        public short Version => core.Version;

        public void Complete(int number)
        {
            Time.Ticks += 10;
            core.SetResult(number);
        }

        public int GetResult(short token) => core.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            core.OnCompleted(continuation, state, token, flags);
    }

    // State machines are used again for the next call.
    public static void PooledBuilders()
    {
        for (var i = 0; i < 3; i++)
        {
            s_gate = new();
            var task = i == 1 ? OtherCaller() : Pooled();
            Time.Ticks += 100;
            s_gate.SetResult();
            task.AsTask().Wait();
        }
    }

    static ValueTask OtherCaller() => Pooled();

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    static async ValueTask Pooled()
    {
        Time.Ticks += 1;
        await s_gate.Task;
        Time.Ticks += 2;
    }

    public static void Pump()
    {
        var before = SynchronizationContext.Current;
        var pump = new PumpContext();
        SynchronizationContext.SetSynchronizationContext(pump);
        try
        {
            s_gate = new();
            var task = Outer(s_gate.Task);
            OnThread(s_gate.SetResult);
            pump.Run();
            task.Wait();
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    sealed class PumpContext : SynchronizationContext
    {
        readonly Queue<(SendOrPostCallback Callback, object? State)> posted = [];

        public override void Post(SendOrPostCallback callback, object? state)
        {
            lock (posted)
                posted.Enqueue((callback, state));
        }

        public void Run()
        {
            Time.Ticks += 1000;
            while (posted.TryDequeue(out var work))
                work.Callback(work.State);
        }
    }

    // The thread on which it began is gone, and another one may have its tree's memory.
    public static void EndedThread()
    {
        s_gate = new();
        Task? task = null;
        OnThread(() => task = Outer(s_gate.Task));
        Time.Ticks += 1000;
        OnThread(() => Add(1));
        OnThread(CompleteGate);
        task!.Wait();
    }

    public static Task Begin()
    {
        s_gate = new();
        return Outer(s_gate.Task);
    }

    public static void Pass() => Time.Ticks += 1000;

    public static void End() => CompleteGate();

    static void OnThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }
}
