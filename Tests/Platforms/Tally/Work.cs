using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;

namespace Tally;

/// <summary>Calls of all kinds.</summary>
static class Work
{
    static long result;

    public static void Measure()
    {
        var around = Stopwatch.StartNew();
        // What the recorder does at the first call in a context, it takes off; on a busy machine that may be long.
        Timed(0);
        Timed(200);
        Calls.Note(Call.Most, around);
    }

    public static void Round(int round)
    {
        Calls.Count(Call.Round);
        Add(Fibonacci(12));
        Add(Even(51) ? 1 : 0);
        foreach (var number in Numbers(20))
            Add(number);
        Add(Steps(5).GetAwaiter().GetResult());
        Add(Sum().GetAwaiter().GetResult());
        Threads();
        for (var i = 0; i < 10; i++)
            Add(Try(i));
        using (var box = new Box<int>(round))
            Add(box.Get("text") + box.Value + box[3] + new Box<string>("").Get(4));
        Add((new Metres(1) + new Metres(2)).Number);
        for (var i = 0; i < 4; i++)
            Local(i);
        Calls.Count(Call.Parse);
        Add(int.Parse("17"));

        void Local(int number)
        {
            Calls.Count(Call.Local);
            Add(number + round);
        }
    }

    public static int Fibonacci(int n)
    {
        Calls.Count(Call.Fibonacci);
        return n < 2 ? n : Fibonacci(n - 1) + Fibonacci(n - 2);
    }

    /// <summary>Counts without end, at the bottom and at the top of a recursion.</summary>
    public static void Spin()
    {
        Calls.Count(Call.Spin);
        while (true)
            Add(Even(30) ? 1 : Leaf(2));
    }

    static void Timed(int milliseconds)
    {
        var within = Stopwatch.StartNew();
        Calls.Count(Call.Timed);
        Thread.Sleep(milliseconds);
        Calls.Note(Call.Least, within);
    }

    static bool Even(int n)
    {
        Calls.Count(Call.Even);
        return n == 0 || Odd(n - 1);
    }

    static bool Odd(int n)
    {
        Calls.Count(Call.Odd);
        return n != 0 && Even(n - 1);
    }

    static IEnumerable<int> Numbers(int count)
    {
        Calls.Count(Call.Numbers);
        for (var i = 0; i < count; i++)
            yield return i;
    }

    static async Task<int> Steps(int n)
    {
        Calls.Count(Call.Steps);
        await Task.Yield();
        if (n == 0)
            return 1;
        await Task.Delay(1).ConfigureAwait(false);
        return 1 + await Steps(n - 1);
    }

#if NET
    static async IAsyncEnumerable<int> Items(int count)
    {
        Calls.Count(Call.Items);
        for (var i = 0; i < count; i++)
        {
            await Task.Yield();
            yield return i;
        }
    }
#endif

    static async Task<int> Sum()
    {
        Calls.Count(Call.Sum);
        var sum = 0;
#if NET
        await foreach (var item in Items(7))
            sum += item;
#endif
        await Task.Yield();
        return sum;
    }

    static void Threads()
    {
        Calls.Count(Call.Threads);
        var threads = new Thread[3];
        for (var i = 0; i < threads.Length; i++)
        {
            threads[i] = new(() =>
            {
                Calls.Count(Call.Lambda);
                OnThread(300);
            });
            threads[i].Start();
        }
        foreach (var thread in threads)
            thread.Join();
        var tasks = new Task[8];
        for (var i = 0; i < tasks.Length; i++)
            tasks[i] = Task.Run(OnPool);
        Task.WaitAll(tasks);
    }

    static void OnThread(int count)
    {
        Calls.Count(Call.OnThread);
        for (var i = 0; i < count; i++)
            Add(Leaf(i));
    }

    static void OnPool()
    {
        Calls.Count(Call.OnPool);
        Fibonacci(5);
    }

    static int Leaf(int n)
    {
        Calls.Count(Call.Leaf);
        return n * 31 + 7;
    }

    static int Try(int n)
    {
        Calls.Count(Call.Try);
        try
        {
            return Fail(n, 5);
        }
        catch (InvalidOperationException) when (n % 2 == 0)
        {
            return 1;
        }
        catch (Exception)
        {
            return 2;
        }
        finally
        {
            Add(3);
        }
    }

    static int Fail(int n, int depth)
    {
        Calls.Count(Call.Fail);
        return depth > 0 ? Fail(n, depth - 1) + 1 : throw new InvalidOperationException();
    }

    static void Add(int value) => Interlocked.Add(ref result, value);
}

sealed class Box<T> : IDisposable
{
    readonly T content;

    public Box(T content)
    {
        Calls.Count(Call.Box);
        this.content = content;
    }

    public int Value
    {
        get
        {
            Calls.Count(Call.Value);
            return content is int number ? number : 0;
        }
    }

    public int this[int index]
    {
        get
        {
            Calls.Count(Call.Indexer);
            return index;
        }
    }

    public int Get<U>(U other)
    {
        Calls.Count(Call.Get);
        return other is string ? 1 : 2;
    }

    public void Dispose() => Calls.Count(Call.Dispose);
}

readonly struct Metres(int number)
{
    public int Number { get; } = number;

    public static Metres operator +(Metres left, Metres right)
    {
        Calls.Count(Call.Plus);
        return new(left.Number + right.Number);
    }
}
