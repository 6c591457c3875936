namespace ProfilerWeaver;

/// <summary>What the values of pprof's samples are: calls and resumes if they are called so, samples if they count them, and one
/// that methods are measured by: the one that pprof shows.</summary>
sealed class PprofMetrics
{
    readonly int calls;
    readonly int resumes;
    readonly int samples;
    readonly int main;

    /// <param name="types">Name and unit of each value.</param>
    /// <param name="shown">The one that pprof shows; empty: the last.</param>
    public PprofMetrics(IReadOnlyList<(string Name, string Unit)> types, string shown)
    {
        var names = types.Select(type => type.Name).ToList();
        calls = names.IndexOf(ExportedMetricName.Calls);
        resumes = names.IndexOf(ExportedMetricName.Resumes);
        samples = names.IndexOf("samples");
        main = names.IndexOf(shown) is >= 0 and var found ? found : types.Count - 1;
        (Unit, SecondsPerTick) = types[main].Unit switch
        {
            "nanoseconds" or "ns" => (ClockUnit.Seconds, 1e-9),
            "microseconds" or "us" => (ClockUnit.Seconds, 1e-6),
            "milliseconds" or "ms" => (ClockUnit.Seconds, 1e-3),
            "seconds" or "s" => (ClockUnit.Seconds, 1),
            "bytes" => (ClockUnit.Bytes, 1),
            _ when main == calls => (ClockUnit.None, 1),
            _ => (ClockUnit.Samples, 1),
        };
        Clock = calls >= 0 ? "" : $"{types[main].Name} ({types[main].Unit})";
    }

    public ClockUnit Unit { get; }

    public double SecondsPerTick { get; }

    /// <summary>What the file says of it.</summary>
    public string Clock { get; }

    public ContextFigures FiguresOf(List<long> values) => new()
    {
        Calls = calls >= 0 ? values[calls] : 0,
        Resumes = resumes >= 0 ? values[resumes] : 0,
        Samples = samples >= 0 ? values[samples] : Unit == ClockUnit.Samples ? values[main] : 0,
        SelfTicks = main == calls ? 0 : values[main],
    };
}
