using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;

namespace Scenarios.Corpus;

// MethodBoundaryAspect.Fody#111, inversionhourglass/Rougamo#7, pamidur/aspect-injector#237: builders of all kinds
public static class AsyncBuilders
{
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    static async ValueTask<int> Pooled(int value, bool wait)
    {
        if (wait)
            await Task.Yield();
        return value >= 0 ? value : throw new ArgumentException("negative");
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    static async ValueTask PooledVoid(Log log, bool wait)
    {
        if (wait)
            await Task.Yield();
        log.Add("pooled");
    }

    public static async Task<string> Pooled_builders()
    {
        var log = new Log();
        foreach (var wait in new[] { false, true })
        {
            for (var i = 0; i < 5; i++)
                log.Add(await Pooled(i, wait));
            await log.TryAsync(() => Pooled(-1, wait).AsTask());
            await PooledVoid(log, wait);
        }
        return log.ToString();
    }

    /// <summary>A task type whose builder is a value.</summary>
    [AsyncMethodBuilder(typeof(JobBuilder<>))]
    sealed class Job<T>
    {
        readonly TaskCompletionSource<T> source = new();

        public TaskCompletionSource<T> Source => source;

        public TaskAwaiter<T> GetAwaiter() => source.Task.GetAwaiter();
    }

    struct JobBuilder<T>
    {
        public Job<T> Task { get; private set; }

        public static JobBuilder<T> Create() => new() { Task = new() };

        public void Start<TStateMachine>(ref TStateMachine machine)
            where TStateMachine : IAsyncStateMachine => machine.MoveNext();

        public void SetStateMachine(IAsyncStateMachine machine)
        {
        }

        public void SetResult(T result) => Task.Source.SetResult(result);

        public void SetException(Exception exception) => Task.Source.SetException(exception);

        public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine machine)
            where TAwaiter : INotifyCompletion
            where TStateMachine : IAsyncStateMachine => awaiter.OnCompleted(Box(machine));

        public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine machine)
            where TAwaiter : ICriticalNotifyCompletion
            where TStateMachine : IAsyncStateMachine => awaiter.UnsafeOnCompleted(Box(machine));

        static Action Box(IAsyncStateMachine machine) => machine.MoveNext;
    }

    /// <summary>A task type that has no value, and whose builder is an object.</summary>
    [AsyncMethodBuilder(typeof(PlanBuilder))]
    sealed class Plan
    {
        readonly TaskCompletionSource source = new();

        public TaskCompletionSource Source => source;

        public TaskAwaiter GetAwaiter() => source.Task.GetAwaiter();
    }

    sealed class PlanBuilder
    {
        public Plan Task { get; } = new();

        public static PlanBuilder Create() => new();

        public void Start<TStateMachine>(ref TStateMachine machine)
            where TStateMachine : IAsyncStateMachine => machine.MoveNext();

        public void SetStateMachine(IAsyncStateMachine machine)
        {
        }

        public void SetResult() => Task.Source.SetResult();

        public void SetException(Exception exception) => Task.Source.SetException(exception);

        public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine machine)
            where TAwaiter : INotifyCompletion
            where TStateMachine : IAsyncStateMachine
        {
            IAsyncStateMachine boxed = machine;
            awaiter.OnCompleted(() => boxed.MoveNext());
        }

        public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine machine)
            where TAwaiter : ICriticalNotifyCompletion
            where TStateMachine : IAsyncStateMachine => AwaitOnCompleted(ref awaiter, ref machine);
    }

    static async Job<int> Square(int value, bool wait)
    {
        if (wait)
            await Task.Yield();
        try
        {
            return value == 0 ? await Square(2, wait) + 1 : checked(value * value);
        }
        catch (OverflowException e)
        {
            throw new ArgumentException("too big", e);
        }
    }

    static async Job<T> Generic<T>(T value, bool wait)
    {
        if (wait)
            await Task.Yield();
        return value;
    }

    static async Plan Note(Log log, string text, bool wait)
    {
        if (wait)
            await Task.Yield();
        if (text.Length == 0)
            throw new FormatException("empty");
        log.Add(text);
    }

    static async Task Custom(Func<Log, bool, Task> body, Log log)
    {
        foreach (var wait in new[] { false, true })
            await body(log, wait);
    }

    public static async Task<string> Custom_builder_structs()
    {
        var log = new Log();
        await Custom(async (log, wait) =>
        {
            log.Add(await Square(3, wait));
            log.Add(await Square(0, wait));
            log.Add(await Generic("generic", wait));
            await log.TryAsync(async () => await Square(1_000_000, wait));
        }, log);
        return log.ToString();
    }

    public static async Task<string> Custom_builder_classes()
    {
        var log = new Log();
        await Custom(async (log, wait) =>
        {
            await Note(log, "note", wait);
            await log.TryAsync(async () =>
            {
                await Note(log, "", wait);
                return 0;
            });
        }, log);
        return log.ToString();
    }

    sealed class Source : IValueTaskSource<int>
    {
        ManualResetValueTaskSourceCore<int> core;

        public ValueTask<int> Start(Action<Source> start)
        {
            core.Reset();
            var task = new ValueTask<int>(this, core.Version);
            start(this);
            return task;
        }

        public void Complete(int result) => core.SetResult(result);

        public void Fail(string message) => core.SetException(new TimeoutException(message));

        int IValueTaskSource<int>.GetResult(short token) => core.GetResult(token);

        ValueTaskSourceStatus IValueTaskSource<int>.GetStatus(short token) => core.GetStatus(token);

        void IValueTaskSource<int>.OnCompleted(
            Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            core.OnCompleted(continuation, state, token, flags);
    }

    public static async Task<string> Value_task_sources()
    {
        var log = new Log();
        var source = new Source();
        log.Add(await source.Start(s => s.Complete(1)));
        log.Add(await source.Start(s => ThreadPool.QueueUserWorkItem(_ => s.Complete(2))));
        await log.TryAsync(async () => await source.Start(s => s.Fail("late")));
        await log.TryAsync(() => source.Start(s => Task.Run(() => s.Fail("later"))).AsTask());
        return log.ToString();
    }

    readonly struct Awaitable(int value) : INotifyCompletion
    {
        public bool IsCompleted => value == 0;

        public Awaitable GetAwaiter() => this;

        public int GetResult() => value > 0 ? value : throw new ArgumentException("zero");

        public void OnCompleted(Action continuation) => continuation();
    }

    public static async Task<string> Custom_awaiters_that_continue_at_once()
    {
        var log = new Log();
        log.Add(await new Awaitable(5));
        await log.TryAsync(async () => await new Awaitable(0));
        await log.TryAsync(async () =>
        {
            var sum = 0;
            for (var i = 1; i < 50; i++)
                sum += await new Awaitable(i);
            return sum;
        });
        return log.ToString();
    }
}
