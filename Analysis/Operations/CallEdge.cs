namespace ProfilerWeaver;

/// <summary>The calls from one method to another.</summary>
public sealed record CallEdge
{
    internal CallEdge(MethodLabel caller, MethodLabel callee, Figures figures)
    {
        Caller = caller;
        Callee = callee;
        Figures = figures;
    }

    /// <summary>The caller.</summary>
    public MethodLabel Caller { get; }

    /// <summary>The callee.</summary>
    public MethodLabel Callee { get; }

    /// <summary>What these calls contributed to the callee's row. A call is primitive here if the same caller
    /// was not already waiting for the same callee.</summary>
    public Figures Figures { get; }

    /// <summary>How often the caller called the callee.</summary>
    public long Calls => Figures.Calls;

    /// <inheritdoc cref="Figures.PrimitiveCalls"/>
    public long PrimitiveCalls => Figures.PrimitiveCalls;

    /// <inheritdoc cref="Figures.Resumes"/>
    public long Resumes => Figures.Resumes;

    /// <summary>Time in the callee itself during these calls, in seconds.</summary>
    public double TotalTime => Figures.TotalTime;

    /// <summary>Time from entry to exit of these calls, in seconds.</summary>
    public double CumulativeTime => Figures.CumulativeTime;
}
