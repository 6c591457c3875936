using ProfilerWeaver;

namespace Scenarios;

/// <summary>Async methods that wait.</summary>
static class Awaiting
{
    // Three operations, each of which waits once in a scope.
    public static int Run()
    {
        for (var i = 0; i < 3; i++)
            Handle().GetAwaiter().GetResult();
        return 0;
    }

    // Of two that wait, the second completes first.
    public static int Overlap()
    {
        TaskCompletionSource[] gates = [new(), new()];
        Task[] both = [Wait(gates[0].Task), Wait(gates[1].Task)];
        gates[1].SetResult();
        Work.Do();
        gates[0].SetResult();
        Work.Do();
        return both.Count(task => !task.IsCompleted);
    }

    static async Task Wait(Task gate)
    {
        Work.Do();
        await gate;
    }

    static async Task Handle()
    {
        using (Profile.Scope("operation"))
        {
            Work.Do();
            await Task.Yield();
            Work.Do();
        }
    }
}
