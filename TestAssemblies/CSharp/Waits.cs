using System.Collections.Concurrent;

namespace Scenarios;

/// <summary>Calls in which a thread waits; here none of them has to.</summary>
public static class Waits
{
    static readonly Lock s_lock = new();
    static readonly object s_all = new();

    public static void All()
    {
        Thread.Sleep(0);
        var thread = new Thread(Nothing);
        thread.Start();
        thread.Join();
        Task.CompletedTask.Wait();
        Task.WaitAll(Task.CompletedTask);
        _ = Task.FromResult(1).Result;
        Task.CompletedTask.GetAwaiter().GetResult();
        Task.FromResult(1).ConfigureAwait(false).GetAwaiter().GetResult();
        default(ValueTask).GetAwaiter().GetResult();
        using (var set = new ManualResetEvent(true))
            set.WaitOne();
        lock (s_all)
            Monitor.Wait(s_all, 0);
        lock (s_lock)
            Nothing();
        using var readers = new ReaderWriterLockSlim();
        readers.EnterReadLock();
        readers.ExitReadLock();
        using var semaphore = new SemaphoreSlim(1);
        semaphore.Wait();
        using var slim = new ManualResetEventSlim(true);
        slim.Wait();
        using var items = new BlockingCollection<int> { 1 };
        items.Take();
    }

    static void Nothing()
    {
    }
}
