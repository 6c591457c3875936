using System.Runtime.CompilerServices;
using System.Threading.Tasks.Sources;
using static Program;

static class CompletionScenarios
{
    public static async Task A_builder_by_hand()
    {
        var builder = AsyncTaskMethodBuilder<int>.Create();
        var task = builder.Task;
        _ = Task.Run(() => builder.SetResult(Answer()));
        Print(await task);
        var failing = AsyncTaskMethodBuilder.Create();
        failing.SetException(new InvalidOperationException("by hand"));
        try
        {
            await failing.Task;
        }
        catch (InvalidOperationException e)
        {
            Print(e.Message);
        }
    }

    public static async Task A_value_task_source_by_hand()
    {
        var source = new Source();
        for (var i = 0; i < 3; i++)
        {
            var value = source.Next();
            _ = Task.Run(() => source.Complete(Answer()));
            Print(await value);
        }
    }

    public static async Task A_completion_source()
    {
        var source = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        var doubled = Double(source.Task);
        source.SetResult(Answer());
        Print(await doubled);
        Print(source.TrySetResult(1));
    }

    static async Task<int> Double(Task<int> task)
    {
        await Task.Yield();
        return 2 * await task;
    }

    static int Answer() => 42;

    sealed class Source : IValueTaskSource<int>
    {
        ManualResetValueTaskSourceCore<int> core;

        public ValueTask<int> Next()
        {
            core.Reset();
            return new(this, core.Version);
        }

        public void Complete(int value) => core.SetResult(value);

        public int GetResult(short token) => core.GetResult(token);

        public ValueTaskSourceStatus GetStatus(short token) => core.GetStatus(token);

        public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
            core.OnCompleted(continuation, state, token, flags);
    }
}
