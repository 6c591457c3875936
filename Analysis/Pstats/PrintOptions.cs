namespace ProfilerWeaver;

/// <summary>How tables are printed. The default is exactly pstats' output; every option deviates from it.</summary>
public sealed record PrintOptions
{
    readonly int? edgeLimit;

    /// <summary>The time unit.</summary>
    public TimeUnit TimeUnit { get; init; }

    /// <summary>Whether to add a column with the number of times async methods and iterators were resumed.</summary>
    public bool ShowResumes { get; init; }

    /// <summary>Whether to mark, with <c>~</c> before the time, rows whose own time is mostly what recording added
    /// (<see cref="Figures.IsDominated"/>), and to say how many there are.</summary>
    public bool MarkDominated { get; init; }

    /// <summary>Whether to add a line below the totals that says of the run how many threads it had, how long it took, by which
    /// clock, and how much of that was spent in the JIT compiler and in pauses for the garbage collector.</summary>
    public bool ShowRun { get; init; }

    /// <summary>The sort key of each method's callers or callees; null, as in pstats, for file, line and name.</summary>
    public SortKey? EdgeOrder { get; init; }

    /// <summary>How many callers or callees of each method to print, followed by a line with the number left out; null for
    /// all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int? EdgeLimit
    {
        get => edgeLimit;
        init => edgeLimit = value is null or > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit of callers and callees must be positive.");
    }
}
