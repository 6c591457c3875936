using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Scenarios.Corpus;

// inversionhourglass/Rougamo#7 and pamidur/aspect-injector#6, #246, asynchronously
public static class AsyncStreams
{
    static async IAsyncEnumerable<int> Numbers(
        Log log, bool wait, int failAt = -1, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            for (var i = 1; i <= 4; i++)
            {
                if (wait)
                    await Task.Yield();
                cancellation.ThrowIfCancellationRequested();
                if (i == failAt)
                    throw new InvalidOperationException($"at {i}");
                try
                {
                    yield return i;
                }
                finally
                {
                    await Task.CompletedTask;
                    log.Add($"inner finally {i}");
                }
            }
            if (failAt == 0)
                yield break;
            yield return 99;
        }
        finally
        {
            if (wait)
                await Task.Yield();
            log.Add("finally");
        }
    }

    static async IAsyncEnumerable<T> Doubled<T>(IAsyncEnumerable<T> source)
    {
        await foreach (var item in source)
        {
            yield return item;
            yield return item;
        }
    }

    static async IAsyncEnumerator<string> Enumerator(string text)
    {
        foreach (var letter in text)
        {
            await Task.Yield();
            yield return letter.ToString();
        }
    }

    sealed class Resource(Log log, bool fail) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            log.Add("disposed");
            if (fail)
                throw new InvalidOperationException("dispose");
        }
    }

    static async Task<int> Use(Log log, bool failInside, bool failInDispose)
    {
        await using var outer = new Resource(log, false);
        await using (new Resource(log, failInDispose).ConfigureAwait(false))
        {
            if (failInside)
                throw new ArgumentException("inside");
            return 5;
        }
    }

    static async Task<string> Run(Func<Log, bool, Task> body)
    {
        var log = new Log();
        await body(log, false);
        await body(log, true);
        return log.ToString();
    }

    static async Task<int> Sum(IAsyncEnumerable<int> source, int stopAt = int.MaxValue)
    {
        var sum = 0;
        await foreach (var number in source)
        {
            sum += number;
            if (number == stopAt)
                break;
        }
        return sum;
    }

    public static Task<string> Complete_enumerations() => Run(async (log, wait) =>
    {
        await log.TryAsync(() => Sum(Numbers(log, wait)));
        await log.TryAsync(() => Sum(Numbers(log, wait, 0)));
        await log.TryAsync(() => Sum(Doubled(Doubled(Numbers(log, wait)))));
        var enumerable = Numbers(log, wait);
        log.Add(await Sum(enumerable) + await Sum(enumerable));
        await using var letters = Enumerator("ab");
        while (await letters.MoveNextAsync())
            log.Add(letters.Current);
    });

    public static Task<string> Disposed_early() => Run(async (log, wait) =>
    {
        await log.TryAsync(() => Sum(Numbers(log, wait), 2));
        await log.TryAsync(() => Sum(Doubled(Numbers(log, wait)), 1));
        var enumerator = Numbers(log, wait).GetAsyncEnumerator();
        log.Add(await enumerator.MoveNextAsync());
        await enumerator.DisposeAsync();
        log.Add(await enumerator.MoveNextAsync());
        await Numbers(log, wait).GetAsyncEnumerator().DisposeAsync();
    });

    public static Task<string> Throwing() => Run(async (log, wait) =>
    {
        await log.TryAsync(() => Sum(Numbers(log, wait, 1)));
        await log.TryAsync(() => Sum(Numbers(log, wait, 3)));
        await log.TryAsync(() => Sum(Doubled(Numbers(log, wait, 2))));
    });

    public static Task<string> Cancellation() => Run(async (log, wait) =>
    {
        using var source = new CancellationTokenSource();
        await log.TryAsync(async () =>
        {
            await foreach (var number in Numbers(log, wait).WithCancellation(source.Token).ConfigureAwait(false))
            {
                if (number == 2)
                    source.Cancel();
            }
            return 0;
        });
    });

    public static async Task<string> Await_using()
    {
        var log = new Log();
        await log.TryAsync(() => Use(log, false, false));
        await log.TryAsync(() => Use(log, true, false));
        await log.TryAsync(() => Use(log, false, true));
        await log.TryAsync(() => Use(log, true, true));
        return log.ToString();
    }

    public static async Task<string> Channels()
    {
        var channel = Channel.CreateBounded<int>(2);
        var writing = Task.Run(async () =>
        {
            for (var i = 0; i < 20; i++)
                await channel.Writer.WriteAsync(i);
            channel.Writer.Complete();
        });
        var sum = await Sum(Doubled(channel.Reader.ReadAllAsync()));
        await writing;
        return sum.ToString();
    }
}
