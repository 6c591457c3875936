using System.Threading;
using System.Threading.Tasks;

/// <summary>Lets no test begin before all of them are running.</summary>
public static class Together
{
    const int Tests = 8;

    static readonly TaskCompletionSource All = new(TaskCreationOptions.RunContinuationsAsynchronously);
    static int arrived;

    public static Task Arrive()
    {
        if (Interlocked.Increment(ref arrived) == Tests)
            All.SetResult();
        return All.Task;
    }
}
