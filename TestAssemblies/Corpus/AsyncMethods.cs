namespace Scenarios.Corpus;

// Fody/MethodTimer#3, #15, #124; MethodBoundaryAspect.Fody#5, #66, #88, #97, #111; Fody/MethodDecorator#15, #30;
// inversionhourglass/Rougamo#25; ArxOne/MrAdvice#106; Cortex.Net#28; coverlet#1836; microsoft/codecoverage#203
public static class AsyncMethods
{
    static async Task Delay(bool reallyWait)
    {
        if (reallyWait)
            await Task.Yield();
        else
            await Task.CompletedTask;
    }

    static async Task<int> Value(int value, bool wait)
    {
        await Delay(wait);
        return value;
    }

    static async Task<int> Fail(string message, bool wait)
    {
        await Delay(wait);
        throw new InvalidOperationException(message);
    }

    static async Task<int> FailAtOnce() => throw new InvalidOperationException("at once");

    static async Task<int> EarlyReturns(int kind, bool wait)
    {
        if (kind == 0)
            return 0;
        await Delay(wait);
        if (kind == 1)
            return 1;
        for (var i = 0; ; i++)
        {
            if (i == kind)
                return await Value(i * 10, wait);
            await Delay(wait);
        }
    }

    static async Task IfAtTheEnd(Log log, int kind, bool wait)
    {
        if (kind == 0)
            return;
        await Delay(wait);
        if (kind == 1)
            log.Add("one");
        else if (kind == 2)
            await Delay(wait);
    }

    static async Task ThrowInCatchAtTheEnd(bool wait)
    {
        try
        {
            await Fail("inner", wait);
        }
        catch (Exception e)
        {
            await Delay(wait);
            throw new ArgumentException("outer", e);
        }
    }

    static async Task<int> AwaitsEverywhere(Log log, int kind, bool wait)
    {
        try
        {
            log.Add("try");
            return kind switch
            {
                0 => await Value(1, wait) + await Value(2, wait),
                1 => await Fail("one", wait),
                _ => await FailAtOnce(),
            };
        }
        catch (InvalidOperationException e) when (e.Message == "one")
        {
            log.Add(await Value(3, wait));
            return -1;
        }
        finally
        {
            await Delay(wait);
            log.Add("finally");
        }
    }

    static async ValueTask<T> Generic<T>(T value, bool wait)
        where T : notnull
    {
        await Delay(wait);
        return value.ToString() == "0" ? throw new ArgumentException("zero") : value;
    }

    class Outer<T>(T value)
    {
        public class Inner<TOther>
            where TOther : IEnumerable<T>
        {
            public async Task<(T, TKey)> Find<TKey>(TOther source, Func<T, Task<TKey>> key, bool wait)
            {
                foreach (var item in source)
                {
                    await Delay(wait);
                    if (await key(item) is { } found)
                        return (item, found);
                }
                throw new KeyNotFoundException();
            }
        }

        public async Task<T> Get(bool wait)
        {
            await Delay(wait);
            return value;
        }
    }

    struct Holder(int value)
    {
        public async Task<int> Get(bool wait)
        {
            var copy = this;
            await Delay(wait);
            return copy.Number + value++ + value;
        }

        readonly int Number => value;
    }

    static async Task<string> Run(Func<Log, bool, Task> body)
    {
        var log = new Log();
        await body(log, false);
        await body(log, true);
        return log.ToString();
    }

    public static Task<string> Results_and_exceptions() => Run(async (log, wait) =>
    {
        await log.TryAsync(() => Value(1, wait));
        await log.TryAsync(() => Fail("failed", wait));
        await log.TryAsync(FailAtOnce);
        await log.TryAsync(async () => (await Task.WhenAll(Value(1, wait), Value(2, wait))).Sum());
        await log.TryAsync(async () => await await Task.WhenAny(Fail("first", wait)));
        log.Try(() => Fail("blocking", wait).GetAwaiter().GetResult());
        log.Try(() => Task.Run(() => Value(5, wait)).Result);
    });

    public static Task<string> Early_returns() => Run(async (log, wait) =>
    {
        for (var kind = 0; kind < 4; kind++)
            await log.TryAsync(() => EarlyReturns(kind, wait));
        for (var kind = 0; kind < 4; kind++)
            await IfAtTheEnd(log, kind, wait);
    });

    public static Task<string> Awaits_in_handlers() => Run(async (log, wait) =>
    {
        for (var kind = 0; kind < 3; kind++)
            await log.TryAsync(() => AwaitsEverywhere(log, kind, wait));
        await log.TryAsync(async () =>
        {
            await ThrowInCatchAtTheEnd(wait);
            return 0;
        });
    });

    public static Task<string> Generic_methods() => Run(async (log, wait) =>
    {
        await log.TryAsync(() => Generic(1, wait).AsTask());
        await log.TryAsync(() => Generic(0, wait).AsTask());
        await log.TryAsync(() => Generic("text", wait).AsTask());
        var inner = new Outer<int>.Inner<int[]>();
        await log.TryAsync(() => inner.Find([1, 2], async n => n == 2 ? await Generic("two", wait) : null, wait));
        await log.TryAsync(() => inner.Find([1], n => Task.FromResult<string?>(null), wait));
        await log.TryAsync(() => new Outer<string>("s").Get(wait));
        await log.TryAsync(() => new Holder(3).Get(wait));
    });

    public static Task<string> Lambdas_and_local_functions() => Run(async (log, wait) =>
    {
        var captured = 1;
        Func<int, Task<int>> lambda = async n =>
        {
            await Delay(wait);
            return captured += n;
        };
        await log.TryAsync(() => lambda(2));
        await log.TryAsync(() => Task.Run(async () => await lambda(3)));
        await log.TryAsync(() => Local(4));
        await log.TryAsync(async () => await Static(await Local(5)));

        async Task<int> Local(int n)
        {
            await Delay(wait);
            return n > 4 ? await Local(n - 1) : captured * n;
        }

        static async ValueTask<int> Static(int n)
        {
            await Task.Yield();
            return -n;
        }
    });

    public static Task<string> Configured_awaits() => Run(async (log, wait) =>
    {
        log.Add(await Value(1, wait).ConfigureAwait(false));
        log.Add(await Generic(2, wait).ConfigureAwait(true));
        await Fail("suppressed", wait).ContinueWith(task => log.Add(task.IsFaulted), TaskScheduler.Default);
        await ((Task)Fail("suppressed", wait)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.Yield();
    });

    static async Task<int> Cancellable(CancellationToken cancellation, bool wait)
    {
        for (var i = 0; ; i++)
        {
            await Delay(wait);
            if (i > 5)
                await Task.Delay(Timeout.Infinite, cancellation);
            cancellation.ThrowIfCancellationRequested();
        }
    }

    public static Task<string> Cancellation() => Run(async (log, wait) =>
    {
        using var source = new CancellationTokenSource();
        var task = Cancellable(source.Token, wait);
        source.CancelAfter(10);
        await log.TryAsync(() => task);
        log.Add(task.Status);
        await log.TryAsync(() => Cancellable(new(true), wait));
        await log.TryAsync(() => Value(1, wait).WaitAsync(TimeSpan.FromSeconds(30)));
    });

    public static async Task<string> Completed_inline()
    {
        var log = new Log();
        var (first, second) = (new TaskCompletionSource<int>(), new TaskCompletionSource<int>());
        var waiting = Chain(Wait("a", first, 1), Wait("b", second, 2));
        log.Add("set");
        second.SetResult(7);
        log.Add("after second");
        first.SetResult(8);
        log.Add("after first");
        await waiting;
        var failing = new TaskCompletionSource<int>();
        var caught = log.TryAsync(() => failing.Task);
        failing.SetException(new TimeoutException("set"));
        await caught;
        return log.ToString();

        async Task<int> Wait(string name, TaskCompletionSource<int> source, int factor)
        {
            log.Add($"{name} waits");
            var value = await source.Task;
            log.Add($"{name} got {value}");
            await Delay(false);
            return value * factor;
        }

        async Task Chain(Task<int> one, Task<int> other)
        {
            log.Add(await one);
            log.Add(await other);
        }
    }

    // An async Main is wrapped in a method that waits for it.
    public static string Waiting_like_Main()
    {
        return Main(["1", "2"]).GetAwaiter().GetResult().ToString();

        static async Task<int> Main(string[] arguments)
        {
            await Task.Yield();
            return arguments.Length;
        }
    }

    static async Task<int> Deep(int depth) => depth == 0 ? 0 : await Deep(depth - 1) + 1;

    static async Task<int> DeepYielding(int depth)
    {
        if (depth == 0)
        {
            await Task.Yield();
            return 0;
        }
        return await DeepYielding(depth - 1) + 1;
    }

    public static async Task<string> Deep_recursion() => $"{await Deep(500)} {await DeepYielding(2000)}";

    static async Task<int> Locals(int n, bool wait)
    {
        var span = new[] { n, n + 1 }.AsSpan();
        ref var cell = ref span[1];
        cell *= 2;
        var sum = cell;
        await Delay(wait);
        var (a, b, c) = (await Value(sum, wait), await Value(1, wait), sum);
        using var enumerator = new List<int> { a, b, c }.GetEnumerator();
        while (enumerator.MoveNext())
            sum += await Value(enumerator.Current, wait);
        return sum;
    }

    public static Task<string> Hoisted_locals() => Run(async (log, wait) => log.Add(await Locals(3, wait)));

    static readonly AsyncLocal<string> Ambient = new();

    static async Task SetAmbient(string value, bool wait)
    {
        Ambient.Value = value;
        await Delay(wait);
    }

    // What an async method sets is undone when it returns to its caller for the first time.
    public static Task<string> Execution_context() => Run(async (log, wait) =>
    {
        Ambient.Value = "outer";
        await SetAmbient("inner", wait);
        log.Add(Ambient.Value);
    });
}
