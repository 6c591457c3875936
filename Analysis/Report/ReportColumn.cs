namespace ProfilerWeaver;

/// <summary>A figure of a context, of which the report has a column. The viewer (<c>model/figures.ts</c>) knows it by its name
/// and passes over what it does not know.</summary>
/// <param name="Name">The name.</param>
/// <param name="Of">The figure; a time in ticks. Those that are sums of other contexts' are columns of <see cref="ReportTree"/>.</param>
sealed record ReportColumn(string Name, Func<ContextFigures, long> Of)
{
    public static readonly ReportColumn[] All =
    [
        new("calls", figures => figures.Calls),
        new("recursive", figures => figures.RecursiveCalls),
        new("resumes", figures => figures.Resumes),
        new("samples", figures => figures.Samples),
        new("truncated", figures => figures.TruncatedCalls),
        new("open", figures => figures.Async.OpenCalls),
        new("elapsed", figures => figures.Async.ElapsedTicks) { IsTime = true },
        new("waiting", figures => figures.Async.WaitingTicks) { IsTime = true },
    ];

    /// <summary>Whether it is a time, or whatever the profile counts instead.</summary>
    public bool IsTime { get; init; }
}
