using System.Runtime.CompilerServices;

namespace Scenarios.Corpus;

public static class Threading
{
    sealed class Account
    {
        volatile int balance;
        long total;

        public int Balance => balance;

        public long Total => Volatile.Read(ref total);

        [MethodImpl(MethodImplOptions.Synchronized)]
        public void Deposit(int amount)
        {
            if (amount < 0)
                throw new ArgumentException("negative");
            if (!Monitor.IsEntered(this))
                throw new SynchronizationLockException();
            balance += amount;
            Interlocked.Add(ref total, amount);
        }

        [MethodImpl(MethodImplOptions.Synchronized)]
        public static bool HoldsType() => Monitor.IsEntered(typeof(Account));
    }

    [ThreadStatic]
    static int t_count;

    static readonly Lock Gate = new();

    static int Locked(int value)
    {
        lock (Gate)
        {
            if (value < 0)
                throw new ArgumentException("negative");
            if (Gate.IsHeldByCurrentThread)
                return value + 1;
        }
        return 0;
    }

    static int LockedScope(int value)
    {
        using (Gate.EnterScope())
            return Locked(value);
    }

    static void OnThreads(int count, Action<int> action)
    {
        var threads = Enumerable.Range(0, count).Select(i => new Thread(() => action(i))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    public static string Synchronized_methods()
    {
        var log = new Log();
        var account = new Account();
        OnThreads(4, _ =>
        {
            for (var i = 0; i < 200; i++)
                account.Deposit(1);
        });
        log.Add(account.Balance + account.Total);
        log.Try(() => account.Deposit(-1));
        log.Add(Monitor.IsEntered(account));
        log.Add(Account.HoldsType());
        log.Add(Monitor.IsEntered(typeof(Account)));
        return log.ToString();
    }

    public static string Locks()
    {
        var log = new Log();
        log.Try(() => Locked(1));
        log.Try(() => Locked(-1));
        log.Try(() => LockedScope(2));
        log.Try(() => LockedScope(-2));
        log.Add(Gate.IsHeldByCurrentThread);
        return log.ToString();
    }

    public static string Thread_statics()
    {
        var sum = 0;
        t_count = 1000;
        OnThreads(3, i =>
        {
            t_count += i + 1;
            Interlocked.Add(ref sum, t_count);
        });
        return $"{sum} {t_count}";
    }

    public static string Exceptions_on_threads()
    {
        var log = new Log();
        OnThreads(1, _ => log.Try(() => Locked(-5)));
        var slot = new ThreadLocal<int>(() => Locked(6), trackAllValues: true);
        OnThreads(2, _ => log.Add(slot.Value));
        log.Add(Parallel.For(0, 50, i => Locked(i)).IsCompleted);
        log.Add(Enumerable.Range(0, 100).AsParallel().Select(Locked).Sum());
        log.Try(() => Parallel.For(0, 1, _ => Locked(-1)));
        return log.ToString();
    }

    static int lazyRuns;

    static readonly Lazy<int> Shared = new(() => Interlocked.Increment(ref lazyRuns));

    public static string Lazy_values()
    {
        OnThreads(3, _ => _ = Shared.Value);
        return $"{Shared.Value} {lazyRuns}";
    }

    static volatile bool stop;

    public static string Volatile_flags()
    {
        stop = false;
        var rounds = 0;
        var thread = new Thread(() =>
        {
            while (!stop)
                Interlocked.Increment(ref rounds);
        });
        thread.Start();
        while (Volatile.Read(ref rounds) == 0)
            Thread.Yield();
        stop = true;
        return thread.Join(10_000).ToString();
    }
}
