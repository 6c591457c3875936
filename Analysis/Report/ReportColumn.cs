namespace ProfilerWeaver;

/// <summary>A figure of a context, of which the report has a column. The viewer (<c>model/figures.ts</c>) knows it by its name
/// and passes over what it does not know.</summary>
/// <param name="Name">The name.</param>
/// <param name="Of">The figure; that of the first column is in ticks.</param>
sealed record ReportColumn(string Name, Func<ContextFigures, long> Of)
{
    public static readonly ReportColumn[] All =
    [
        new("calls", figures => figures.Calls),
        new("recursive", figures => figures.RecursiveCalls),
        new("resumes", figures => figures.Resumes),
        new("samples", figures => figures.Samples),
        new("folded", figures => figures.FoldedCalls),
    ];
}

/// <summary>A figure of a row, and of a caller's share in it.</summary>
/// <param name="Name">The name, by which the viewer knows it.</param>
sealed record ReportFigure(string Name)
{
    public static readonly ReportFigure[] All =
    [
        new("calls") { Count = figures => figures.Calls },
        new("primitive") { Count = figures => figures.PrimitiveCalls },
        new("resumes") { Count = figures => figures.Resumes },
        new("samples") { Count = figures => figures.Samples },
        new("self") { Time = figures => figures.TotalTime },
        new("total") { Time = figures => figures.CumulativeTime },
        new("recording") { Time = figures => figures.RecordingTime },
    ];

    /// <summary>What it counts; null: it is a time.</summary>
    public Func<Figures, long>? Count { get; init; }

    /// <summary>The time, or whatever the profile counts instead.</summary>
    public Func<Figures, double> Time { get; init; } = _ => 0;
}
