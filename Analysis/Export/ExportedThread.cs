namespace ProfilerWeaver;

/// <summary>What is exported of a thread.</summary>
/// <param name="Name">Its number, and its name if it has one.</param>
/// <param name="Tree">Its contexts, with the recording overhead subtracted. Calls that did not fit into the recorder's tree, and
/// contexts beyond the limit, are in contexts of their own.</param>
/// <param name="SecondsPerTick">The unit of its times.</param>
/// <param name="UnitsPerTick">The same in nanoseconds, or in bytes.</param>
sealed record ExportedThread(string Name, CallTree Tree, double SecondsPerTick, double UnitsPerTick)
{
    /// <summary>Whether contexts say in how many profiles they occur.</summary>
    public bool HasOccurrences { get; init; }

    /// <summary>Whether any context has such a figure.</summary>
    public bool Has(ExportMetric metric)
    {
        for (var i = 1; i < Tree.Count; i++)
        {
            if (metric.Of(Tree.Columns.FiguresOf(i)) != 0)
                return true;
        }
        return false;
    }

    /// <summary>Makes whole numbers of such figures.</summary>
    public WholeNumbers NumbersOf(ExportMetric metric) => new(metric.IsTime ? UnitsPerTick : 1);

    /// <summary>The figures of one of its contexts, as tables have them.</summary>
    public Figures FiguresOf(in ContextFigures figures) => new(
        figures.Calls,
        figures.Calls - figures.RecursiveCalls,
        figures.SelfTicks * SecondsPerTick,
        figures.CumulativeTicks * SecondsPerTick)
    {
        Resumes = figures.Resumes,
        Samples = figures.Samples,
        ElapsedTime = figures.Async.ElapsedTicks * SecondsPerTick,
        WaitingTime = figures.Async.WaitingTicks * SecondsPerTick,
        OpenCalls = figures.Async.OpenCalls,
        SlowestTime = Math.Max(0, figures.SlowestTicks) * SecondsPerTick,
        Occurrence = HasOccurrences ? figures.SpelledOccurrence : default,
    };
}
