namespace ProfilerWeaver;

/// <summary>A figure of calling contexts that other tools add up over a tree: what a context has without those below it.</summary>
/// <param name="Name">What it is called, in files too.</param>
/// <param name="Of">The figure of a context; ticks if <paramref name="IsTime"/>.</param>
/// <param name="IsTime">Whether it is measured by the profile's clock; otherwise it is a number.</param>
sealed record ExportMetric(string Name, Func<ContextFigures, long> Of, bool IsTime = false)
{
    public static readonly ExportMetric Calls = new(ExportedMetricName.Calls, figures => figures.Calls);

    public static readonly ExportMetric Time = new(ExportedMetricName.Time, figures => figures.SelfTicks, IsTime: true);

    /// <summary>All, in the order in which files have them.</summary>
    public static readonly ExportMetric[] All = [Calls, Time, new(ExportedMetricName.Resumes, figures => figures.Resumes)];

    /// <summary>What whole numbers of it count, as pprof and speedscope call it.</summary>
    public string UnitFor(ClockUnit unit) => !IsTime ? "count" : unit switch
    {
        ClockUnit.Bytes => "bytes",
        ClockUnit.Seconds => "nanoseconds",
        _ => "count",
    };
}
