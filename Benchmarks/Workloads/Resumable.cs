using System.Runtime.CompilerServices;
using ProfilerWeaver;

namespace Workloads;

/// <summary>Async methods and iterators.</summary>
public static class Resumable
{
    static int s_sum;

    [NoProfile]
    public static void Synchronous(int calls)
    {
        for (var i = 0; i < calls; i++)
            s_sum += CompleteAtOnce().Result;
    }

    [NoProfile]
    public static void Suspended(int calls)
    {
        for (var i = 0; i < calls; i++)
        {
            var suspension = new Suspension();
            var task = SuspendOnce(suspension);
            suspension.Resume();
            s_sum += task.Result;
        }
    }

    [NoProfile]
    public static void Items(int items)
    {
        for (var i = 0; i < items; i += 1000)
        {
            foreach (var item in Thousand())
                s_sum += item;
        }
    }

    // A value that is no constant, or Roslyn's and .NET's cached tasks would be measured.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static async ValueTask<int> CompleteAtOnce()
    {
        await Task.CompletedTask;
        return 1;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static async Task<int> SuspendOnce(Suspension suspension)
    {
        await suspension;
        return 1;
    }

    static IEnumerable<int> Thousand()
    {
        for (var i = 0; i < 1000; i++)
            yield return i;
    }

    /// <summary>Suspends whoever awaits it until <see cref="Resume"/> is called: without the thread pool, whose own cost
    /// would hide what is measured.</summary>
    [NoProfile]
    sealed class Suspension : INotifyCompletion
    {
        Action? continuation;

        public bool IsCompleted => false;

        public Suspension GetAwaiter() => this;

        public void GetResult()
        {
        }

        public void OnCompleted(Action action) => continuation = action;

        public void Resume() => continuation!();
    }
}
