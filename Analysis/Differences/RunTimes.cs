namespace ProfilerWeaver;

/// <summary>A time in each run of a side.</summary>
sealed class RunTimes(IReadOnlyList<double> runs)
{
    const double Confidence = 0.95;

    readonly double[] sorted = [.. runs.Order()];

    public IReadOnlyList<double> Runs => runs;

    public double Median => sorted.Length % 2 == 1
        ? sorted[sorted.Length / 2]
        : (sorted[sorted.Length / 2 - 1] + sorted[sorted.Length / 2]) / 2;

    /// <summary>Between which of the runs the true median lies with a confidence of 95 %; null if the runs are too few to say
    /// that (fewer than six).</summary>
    public (double Least, double Most)? Interval
    {
        get
        {
            // The chance that the median is below the run of a rank, or above its counterpart, is that of so few heads of coins.
            var (outside, ways) = (0.0, Math.Pow(0.5, sorted.Length));
            var rank = 0;
            while (rank < sorted.Length / 2 && 2 * (outside + ways) <= 1 - Confidence)
            {
                outside += ways;
                rank++;
                ways *= (double)(sorted.Length - rank + 1) / rank;
            }
            return rank == 0 ? null : (sorted[rank - 1], sorted[^rank]);
        }
    }
}
