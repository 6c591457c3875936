namespace ProfilerWeaver;

/// <summary>One row of a flat profile: a method, its figures, and what each caller contributed to them.</summary>
/// <param name="Label">What the row is called.</param>
/// <param name="Figures">The figures over all callers.</param>
/// <param name="Callers">The calls made by each caller, in the order in which the callers were first seen. A call from
/// outside all recorded methods has no caller, so there can be fewer calls here than in the row. Cumulative times can add
/// up to more than that of the row, because recursion is tracked for each caller separately.</param>
public sealed record MethodStats(
    MethodLabel Label,
    Figures Figures,
    IReadOnlyList<KeyValuePair<MethodLabel, Figures>> Callers)
{
    /// <summary>The full name of the method, without file and line.</summary>
    public string Name => Label.Name;

    /// <summary>How often the method was called.</summary>
    public long Calls => Figures.Calls;

    /// <summary>The calls made while the method was not already running.</summary>
    public long PrimitiveCalls => Figures.PrimitiveCalls;

    /// <inheritdoc cref="Figures.Resumes"/>
    public long Resumes => Figures.Resumes;

    /// <inheritdoc cref="Figures.Samples"/>
    public long Samples => Figures.Samples;

    /// <summary>Time spent in the method itself, without its callees, in seconds.</summary>
    public double TotalTime => Figures.TotalTime;

    /// <inheritdoc cref="Figures.ElapsedTime"/>
    public double ElapsedTime => Figures.ElapsedTime;

    /// <inheritdoc cref="Figures.WaitingTime"/>
    public double WaitingTime => Figures.WaitingTime;

    /// <inheritdoc cref="Figures.SlowestTime"/>
    public double SlowestTime => Figures.SlowestTime;

    /// <inheritdoc cref="Figures.IsDominated"/>
    public bool IsDominated => Figures.IsDominated;

    /// <inheritdoc cref="Figures.TotalTimePerCall"/>
    public double TotalTimePerCall => Figures.TotalTimePerCall;

    /// <summary>Time from entry to exit of the primitive calls, including callees, in seconds.</summary>
    public double CumulativeTime => Figures.CumulativeTime;

    /// <inheritdoc cref="Figures.CumulativeTimePerCall"/>
    public double CumulativeTimePerCall => Figures.CumulativeTimePerCall;
}
