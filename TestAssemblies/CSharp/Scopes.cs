using ProfilerWeaver;

namespace Scenarios;

/// <summary>Programs that open scopes, whose trees are known by construction.</summary>
public static class Scopes
{
    static TaskCompletionSource s_gate = null!;

    static void Add(int ticks) => Interlocked.Add(ref Time.Ticks, ticks);

    public static void Nested()
    {
        for (var i = 0; i < 2; i++)
        {
            using (Profile.Scope("outer"))
            {
                Add(1);
                using (Profile.Scope("inner", ("number", "7"), ("kind", "odd")))
                    Add(2);
                Add(4);
            }
        }
        try
        {
            using (Profile.Scope("outer"))
                throw new InvalidOperationException();
        }
        catch (InvalidOperationException)
        {
            Add(8);
        }
    }

    // Two requests at once, each of which goes on on another thread.
    public static void Requests()
    {
        TaskCompletionSource[] gates = [new(), new()];
        Task[] requests = [Serve(gates[0].Task, 10), Serve(gates[1].Task, 20)];
        Add(1000);
        OnThread(gates[1].SetResult);
        OnThread(gates[0].SetResult);
        Task.WaitAll(requests);
    }

    static async Task Serve(Task gate, int ticks)
    {
        Add(1);
        using (Profile.Scope("GET /orders"))
        {
            await Query(gate, ticks);
            Add(2);
            using (Profile.Scope("format"))
                Add(4);
        }
        Add(8);
    }

    static async Task Query(Task gate, int ticks)
    {
        Add(ticks);
        await gate;
        Add(ticks);
    }

    public static void HandedOver()
    {
        s_gate = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using (Profile.Scope("import"))
        {
            OnThread(() => Add(1));
            Wait(Task.Run(() => Add(2)));
            var later = Task.Factory.StartNew(new Func<Task>(Later));
            // It waits before it goes on: the clock is one for all threads.
            Wait(later);
            s_gate.SetResult();
            Wait(later.Result);
        }
        OnThread(() => Add(16));
        Wait(Task.Run(() => Add(32)));
    }

    // Not as Task.Wait does it, which may run the task itself.
    [NoProfile]
    static void Wait(Task task) => ((IAsyncResult)task).AsyncWaitHandle.WaitOne();

    static async Task Later()
    {
        Add(4);
        await s_gate.Task;
        Add(8);
    }

    // What opens the scope is not woven: nothing but the flow tells when it waits.
    [NoProfile]
    public static void OfUnwoven()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var request = Unwoven(gate.Task);
        Add(100);
        gate.SetResult();
        request.Wait();
        Add(200);
    }

    [NoProfile]
    static async Task Unwoven(Task gate)
    {
        using (Profile.Scope("request"))
        {
            Add(1);
            await gate;
            Add(2);
        }
        Add(4);
    }

    public static void ManyLabels()
    {
        for (var i = 0; i < 1100; i++)
        {
            using (Profile.Scope($"label {i}"))
                Add(1);
        }
    }

    /// <summary>Serves a thousand requests at once on the thread pool.</summary>
    public static void Crowd() => Task.WaitAll([.. Enumerable.Range(0, 1000).Select(i => Task.Run(() => Route(i % 10)))]);

    static async Task Route(int route)
    {
        using (Profile.Scope($"route {route}"))
        {
            await Step(route);
            await Task.WhenAll(Step(0), Step(1), Step(2));
            using (Profile.Scope("render"))
                await Step(route);
        }
    }

    static async Task Step(int times)
    {
        for (var i = 0; i < times; i++)
        {
            Leaf();
            await Task.Yield();
        }
        Leaf();
    }

    static void Leaf()
    {
    }

    static void OnThread(Action action)
    {
        var thread = new Thread(() => action());
        thread.Start();
        thread.Join();
    }
}
