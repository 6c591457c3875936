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

    static long WorkOn()
    {
        var done = 0L;
        for (; !hasToStop; done++)
            Work.Do();
        return done;
    }
}
