namespace ProfilerWeaver;

/// <summary>A profile's figures for a method.</summary>
/// <param name="Method">The method.</param>
/// <param name="CallCount">How often it was called.</param>
/// <param name="RecursiveCallCount">The number of calls made while the method was already running.</param>
/// <param name="CumulativeTime">Time from entry to exit of the non-recursive calls, including callees, in seconds or in the
/// unit of the profile's clock.</param>
/// <param name="InlineTime">Time in the method itself, in the same unit.</param>
/// <param name="Calls">Its callees; empty if it called nothing, or if the profile does not record callers.</param>
public sealed record ProfileEntry(
    MethodLabel Method,
    long CallCount,
    long RecursiveCallCount,
    double CumulativeTime,
    double InlineTime,
    IReadOnlyList<ProfileSubentry> Calls)
{
    internal static ProfileEntry Of(MethodStats row, IReadOnlyList<KeyValuePair<MethodLabel, Figures>> callees)
    {
        var calls = new ProfileSubentry[callees.Count];
        for (var i = 0; i < calls.Length; i++)
            calls[i] = ProfileSubentry.Of(callees[i].Key, callees[i].Value);
        return new(row.Label, row.Calls, row.Calls - row.PrimitiveCalls, row.CumulativeTime, row.TotalTime, calls);
    }
}

/// <summary>A profile's figures for the calls of a method by one caller.</summary>
/// <param name="Method">The method that was called.</param>
/// <param name="CallCount">How often the caller called it.</param>
/// <param name="RecursiveCallCount">The number of calls made while the same caller-callee pair was already active.</param>
/// <param name="CumulativeTime">Time from entry to exit of the non-recursive calls, including callees, in seconds or in the
/// unit of the profile's clock.</param>
/// <param name="InlineTime">Time in the method itself, in the same unit.</param>
public sealed record ProfileSubentry(
    MethodLabel Method,
    long CallCount,
    long RecursiveCallCount,
    double CumulativeTime,
    double InlineTime)
{
    internal static ProfileSubentry Of(MethodLabel method, Figures figures) => new(
        method, figures.Calls, figures.Calls - figures.PrimitiveCalls, figures.CumulativeTime, figures.TotalTime);
}
