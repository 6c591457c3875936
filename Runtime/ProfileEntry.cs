namespace ProfilerWeaver;

/// <summary>What a profile knows of a method.</summary>
/// <param name="Method">The method.</param>
/// <param name="CallCount">How often it was called.</param>
/// <param name="RecursiveCallCount">Those of the calls that were made while it was running already.</param>
/// <param name="CumulativeTime">Time from entry to exit of the other calls, callees included, in seconds, or in the unit of
/// the profile's clock.</param>
/// <param name="InlineTime">Time in the method itself, in the same unit.</param>
/// <param name="Calls">What it called; empty if it called nothing, or if the profile does not tell callers
/// apart.</param>
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

/// <summary>What a profile knows of the calls of a method by one caller.</summary>
/// <param name="Method">The method that was called.</param>
/// <param name="CallCount">How often the caller called it.</param>
/// <param name="RecursiveCallCount">Those of the calls that were made while this very caller was already calling
/// it.</param>
/// <param name="CumulativeTime">Time from entry to exit of the other calls, callees included, in seconds, or in the unit of
/// the profile's clock.</param>
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
