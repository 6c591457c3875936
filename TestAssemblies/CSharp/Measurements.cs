using ProfilerWeaver;

namespace Scenarios;

/// <summary>Programs that measure parts of themselves.</summary>
public static class Measurements
{
    static TaskCompletionSource s_gate = null!;

    static void Add(int ticks) => Interlocked.Add(ref Time.Ticks, ticks);

    static void Step(int ticks) => Add(ticks);

    public static ProfileData[] Nested()
    {
        Add(1000);
        using var outer = Profile.Measure();
        Add(1);
        using var inner = Profile.Measure();
        Step(2);
        var second = inner.Stop();
        Add(4);
        var first = outer.Stop();
        Add(1000);
        return [first, second];
    }

    public static ProfileData[] Again() => [.. Enumerable.Range(1, 3).Select(times => Profile.Measure(() => Repeat(times)))];

    /// <summary>Calls something as often as it is told.</summary>
    public static void Repeat(int times)
    {
        for (var i = 0; i < times; i++)
            Step(1);
    }

    /// <summary>Calls something as often as it is told, on whatever threads.</summary>
    public static async Task RepeatAsync(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Step(1);
            await Task.Yield();
        }
    }

    // The same code twice at once, which goes on on other threads.
    public static ProfileData[] AtOnce()
    {
        TaskCompletionSource[] gates = [new(), new()];
        Task<ProfileData>[] requests = [Serve(gates[0].Task, 1), Serve(gates[1].Task, 10)];
        Add(1000);
        OnThread(gates[1].SetResult);
        OnThread(gates[0].SetResult);
        return [requests[0].Result, requests[1].Result];
    }

    static async Task<ProfileData> Serve(Task gate, int ticks)
    {
        Add(100);
        using var measurement = Profile.Measure();
        await Query(gate, ticks);
        Add(2 * ticks);
        return measurement.Stop();
    }

    static async Task Query(Task gate, int ticks)
    {
        Add(ticks);
        await gate;
        Add(ticks);
    }

    public static ProfileData[] HandedOver()
    {
        s_gate = new();
        var task = Profile.MeasureAsync(Import);
        Add(1000);
        s_gate.SetResult();
        return [task.Result];
    }

    static async Task Import()
    {
        Add(1);
        await s_gate.Task;
        OnThread(() => Add(2));
        Wait(Task.Run(() => Step(4)));
        Add(8);
    }

    // Not as Task.Wait does it, which may run the task itself.
    [NoProfile]
    static void Wait(Task task) => ((IAsyncResult)task).AsyncWaitHandle.WaitOne();

    // What completes it is measured, too; it goes on where it was called.
    public static ProfileData[] LeftBehind()
    {
        s_gate = new();
        using var first = Profile.Measure();
        _ = Query(s_gate.Task, 16);
        var before = first.Stop();
        using var second = Profile.Measure();
        s_gate.SetResult();
        Add(2);
        return [before, second.Stop()];
    }

    public static ProfileData[] OfScope() => [Of(Extent.Scope)];

    public static ProfileData[] OfThread() => [Of(Extent.Thread)];

    public static ProfileData[] OfAll() => [Of(Extent.All)];

    static ProfileData Of(Extent extent)
    {
        Step(1000);
        using var measurement = Profile.Measure(extent);
        Step(2);
        OnThread(() => Step(4));
        return measurement.Stop();
    }

    /// <summary>A thousand measurements at once, each with a scope.</summary>
    public static ProfileData[] Crowd()
    {
        const int Count = 1000;
        var waiting = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return Task.WhenAll(Enumerable.Range(0, Count).Select(i => Task.Run(() => OneOfMany(i)))).Result;

        async Task<ProfileData> OneOfMany(int i)
        {
            using var measurement = Profile.Measure();
            using (Profile.Scope($"route {i % 10}"))
            {
                if (Interlocked.Increment(ref waiting) == Count)
                    all.SetResult();
                await all.Task;
                await RepeatAsync(i % 7);
                await Task.WhenAll(RepeatAsync(1), RepeatAsync(2));
            }
            Repeat(i % 3);
            return measurement.Stop();
        }
    }

    static void OnThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }
}
