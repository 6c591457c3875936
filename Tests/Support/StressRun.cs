using System.Globalization;

namespace ProfilerWeaver.Tests.Support;

/// <summary>Sixteen threads work while recording is switched, cleared and read, and then a while longer, which is recorded whole.
/// The environment variable PROFILERWEAVER_STRESS_SECONDS sets how long; the long form is 300.</summary>
static class StressRun
{
    const int Threads = 16;
    const int LastSteps = 2000;

    // Each may fill the memory limit: they are kept in memory until they are cleared.
    const int MostRecordings = 3;

    static double Seconds => double.Parse(
        Environment.GetEnvironmentVariable("PROFILERWEAVER_STRESS_SECONDS") ?? "3", CultureInfo.InvariantCulture);

    /// <summary>Makes one.</summary>
    /// <param name="step">What the threads do again and again.</param>
    /// <param name="expectSound">Looks at each row of each snapshot.</param>
    /// <param name="forget">Called while nothing is open: what comes next is recorded whole.</param>
    /// <param name="end">Called when all threads have ended.</param>
    /// <returns>What was recorded whole.</returns>
    public static ProfileData Of(Action<Random> step, Action<MethodStats> expectSound, Action forget, Action? end = null)
    {
        // As in a program: without, trees go on growing, by gigabytes, in the midst of a snapshot, which gets little of the processors
        // beside so many threads. What does not fit is truncated. An eighth of the limit is not for trees.
        var memory = RecorderMemory.OfProcess;
        var limitOfTests = memory.Limit;
        memory.Limit = (memory.Used + RecorderMemory.DefaultLimit) / 7 * 8;
        try
        {
            return Run(step, expectSound, forget, () => memory.Limit = limitOfTests, end);
        }
        finally
        {
            memory.Limit = limitOfTests;
        }
    }

    static ProfileData Run(Action<Random> step, Action<MethodStats> expectSound, Action forget, Action liftLimit, Action? end)
    {
        using var profile = new Profile();
        var stop = DateTime.UtcNow.AddSeconds(Seconds);
        var isOver = false;
        using var quiet = new Barrier(Threads + 1);
        var threads = Enumerable.Range(0, Threads).Select(seed => new Thread(() => Work(seed))).ToList();
        threads.ForEach(thread => thread.Start());
        var random = new Random(7);
        var rows = 0;
        var recordings = 0;
        while (DateTime.UtcNow < stop || rows == 0)
        {
            switch (random.Next(20))
            {
                case 0: Clear(); break;
                case 1: profile.Disable(); break;
                case < 8 when !profile.IsEnabled && recordings == MostRecordings: Clear(); break;
                case < 8 when !profile.IsEnabled: profile.Enable(); recordings++; break;
            }
            foreach (var row in FlatProfile.From(profile.SnapshotStats()))
            {
                rows++;
                Assert.That(row.PrimitiveCalls, Is.InRange(0, row.Calls), row.Label.Name);
                Assert.That(row.TotalTime, Is.Not.Negative, row.Label.Name);
                Assert.That(row.SlowestTime, Is.Not.Negative, row.Label.Name);
                expectSound(row);
            }
            Thread.Sleep(10);
        }

        Volatile.Write(ref isOver, true);
        quiet.SignalAndWait();
        forget();
        liftLimit();
        profile.Disable();
        profile.Clear();
        profile.Enable();
        quiet.SignalAndWait();
        threads.ForEach(thread => thread.Join());
        end?.Invoke();
        return profile.CreateStats();

        void Clear()
        {
            profile.Clear();
            recordings = 0;
        }

        void Work(int seed)
        {
            var choice = new Random(seed);
            while (!Volatile.Read(ref isOver))
                step(choice);
            quiet.SignalAndWait();
            quiet.SignalAndWait();
            for (var i = 0; i < LastSteps; i++)
                step(choice);
        }
    }
}
