namespace ProfilerWeaver;

/// <summary>A profile's figures for a method.</summary>
public sealed record ProfileEntry
{
    internal ProfileEntry(
        MethodLabel method, long callCount, long recursiveCallCount, double cumulativeTime, double inlineTime, IReadOnlyList<ProfileSubentry> calls)
    {
        Method = method;
        CallCount = callCount;
        RecursiveCallCount = recursiveCallCount;
        CumulativeTime = cumulativeTime;
        InlineTime = inlineTime;
        Calls = calls;
    }

    /// <summary>The method.</summary>
    public MethodLabel Method { get; }

    /// <summary>How often it was called.</summary>
    public long CallCount { get; }

    /// <summary>The number of calls made while the method was already running.</summary>
    public long RecursiveCallCount { get; }

    /// <summary>Time from entry to exit of the non-recursive calls, including callees, in seconds or in the
    /// unit of the profile's clock.</summary>
    public double CumulativeTime { get; }

    /// <summary>Time in the method itself, in the same unit.</summary>
    public double InlineTime { get; }

    /// <summary>Its callees; empty if it called nothing, or if the profile does not record callers.</summary>
    public IReadOnlyList<ProfileSubentry> Calls { get; }

    internal static ProfileEntry Of(MethodStats row, IReadOnlyList<KeyValuePair<MethodLabel, Figures>> callees)
    {
        var calls = new ProfileSubentry[callees.Count];
        for (var i = 0; i < calls.Length; i++)
            calls[i] = ProfileSubentry.Of(callees[i].Key, callees[i].Value);
        return new(row.Label, row.Calls, row.Calls - row.PrimitiveCalls, row.CumulativeTime, row.TotalTime, calls);
    }
}

/// <summary>A profile's figures for the calls of a method by one caller.</summary>
public sealed record ProfileSubentry
{
    internal ProfileSubentry(
        MethodLabel method, long callCount, long recursiveCallCount, double cumulativeTime, double inlineTime)
    {
        Method = method;
        CallCount = callCount;
        RecursiveCallCount = recursiveCallCount;
        CumulativeTime = cumulativeTime;
        InlineTime = inlineTime;
    }

    /// <summary>The method that was called.</summary>
    public MethodLabel Method { get; }

    /// <summary>How often the caller called it.</summary>
    public long CallCount { get; }

    /// <summary>The number of calls made while the same caller-callee pair was already active.</summary>
    public long RecursiveCallCount { get; }

    /// <summary>Time from entry to exit of the non-recursive calls, including callees, in seconds or in the
    /// unit of the profile's clock.</summary>
    public double CumulativeTime { get; }

    /// <summary>Time in the method itself, in the same unit.</summary>
    public double InlineTime { get; }

    internal static ProfileSubentry Of(MethodLabel method, Figures figures) => new(
        method, figures.Calls, figures.Calls - figures.PrimitiveCalls, figures.CumulativeTime, figures.TotalTime);
}
