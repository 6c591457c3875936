namespace ProfilerWeaver;

/// <summary>How tables are printed. As it is made, exactly as pstats prints them; everything that is set leaves pstats'
/// text.</summary>
public sealed record PrintOptions
{
    readonly int? edgeLimit;

    /// <summary>What times are printed in.</summary>
    public TimeUnit TimeUnit { get; init; }

    /// <summary>Whether tables have a column of how often async methods and iterators were resumed.</summary>
    public bool ShowResumes { get; init; }

    /// <summary>What the callers or callees of each method are ordered by; null, as in pstats, for file, line and
    /// name.</summary>
    public SortKey? EdgeOrder { get; init; }

    /// <summary>How many callers or callees of each method are printed, with a line that tells how many were left out;
    /// null for all.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is not positive.</exception>
    public int? EdgeLimit
    {
        get => edgeLimit;
        init => edgeLimit = value is null or > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The limit of callers and callees must be positive.");
    }
}
