using System.Runtime.ExceptionServices;

namespace ProfilerWeaver.Tool;

/// <summary>Work that is spread over the processors.</summary>
static class AllProcessors
{
    /// <summary>Does it for each item. The first failure is thrown as it is, and not as one of several.</summary>
    public static void ForEach<T>(IEnumerable<T> items, Action<T> work)
    {
        try
        {
            Parallel.ForEach(items, work);
        }
        catch (AggregateException e)
        {
            ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }
    }
}
