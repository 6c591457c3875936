namespace ProfilerWeaver;

/// <summary>How often something was called, in each run of a side.</summary>
/// <param name="Median">The median; of an even number of runs, the lower one, so that it is a count that was seen.</param>
/// <param name="Least">The fewest calls.</param>
/// <param name="Most">The most calls.</param>
readonly record struct RunCounts(long Median, long Least, long Most)
{
    /// <summary>Whether all runs agree.</summary>
    public bool IsStable => Least == Most;

    /// <summary>Whether it was not called in any run.</summary>
    public bool IsNone => Most == 0 && Least == 0;

    public static RunCounts Of(ReadOnlySpan<long> runs)
    {
        if (runs.Length == 1)
            return new(runs[0], runs[0], runs[0]);
        var sorted = runs.ToArray();
        Array.Sort(sorted);
        return new(sorted[(sorted.Length - 1) / 2], sorted[0], sorted[^1]);
    }

    /// <summary>Whether every run of one side has more calls than every run of the other.</summary>
    public bool DiffersFrom(RunCounts other) => Most < other.Least || Least > other.Most;
}
