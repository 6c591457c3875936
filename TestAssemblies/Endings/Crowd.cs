namespace Scenarios;

/// <summary>Many threads that do the same work until the input is closed.</summary>
static class Crowd
{
    static volatile bool hasToStop;

    public static int Run(int count)
    {
        var done = 0L;
        var threads = new Thread[count];
        for (var i = 0; i < count; i++)
        {
            threads[i] = new Thread(() => Interlocked.Add(ref done, WorkOn()));
            threads[i].Start();
        }
        Console.WriteLine("works");
        Console.ReadLine();
        hasToStop = true;
        foreach (var thread in threads)
            thread.Join();
        Console.WriteLine(done);
        return 0;
    }

    // All of them at once, a thousand times each.
    public static int Meet(int count)
    {
        using var barrier = new Barrier(count);
        var threads = new Thread[count];
        for (var i = 0; i < count; i++)
        {
            threads[i] = new Thread(() =>
            {
                barrier.SignalAndWait();
                for (var call = 0; call < 1000; call++)
                    Greet();
            });
            threads[i].Start();
        }
        foreach (var thread in threads)
            thread.Join();
        return 0;
    }

    static void Greet()
    {
    }

    static long WorkOn()
    {
        var done = 0L;
        for (; !hasToStop; done++)
            Work.Do();
        return done;
    }
}
