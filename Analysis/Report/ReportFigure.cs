namespace ProfilerWeaver;

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
        new("open") { Count = figures => figures.OpenCalls },
        new("elapsed") { Time = figures => figures.ElapsedTime },
        new("waiting") { Time = figures => figures.WaitingTime },
        new("slowest") { Time = figures => figures.SlowestTime },
        new("recording") { Time = figures => figures.RecordingTime },
    ];

    /// <summary>What it counts; null: it is a time.</summary>
    public Func<Figures, long>? Count { get; init; }

    /// <summary>The time, or whatever the profile counts instead.</summary>
    public Func<Figures, double> Time { get; init; } = _ => 0;
}
