namespace ProfilerWeaver;

/// <summary>A time of both sides, compared as benchstat does.</summary>
/// <param name="Before">The runs before.</param>
/// <param name="After">The runs now.</param>
sealed record TimeChange(RunTimes Before, RunTimes After)
{
    const double Significance = 0.05;

    double? probability;

    /// <summary>Whether there is more than one run on each side: times of one run say nothing of the next.</summary>
    public bool CanBeTested => Before.Runs.Count > 1 && After.Runs.Count > 1;

    /// <summary>How likely the times differ as much by chance; NaN if that cannot be told.</summary>
    public double Probability => probability ??= CanBeTested ? MannWhitney.Probability(Before.Runs, After.Runs) : double.NaN;

    /// <summary>Whether chance is no good explanation.</summary>
    public bool IsSignificant => Probability < Significance;

    /// <summary>The difference of the medians.</summary>
    public double Difference => After.Median - Before.Median;
}
