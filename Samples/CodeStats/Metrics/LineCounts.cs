namespace CodeStats.Metrics;

/// <summary>How many lines of each sort there are. A line counts once: as code if there is any on it.</summary>
/// <param name="Code">Lines with tokens or directives.</param>
/// <param name="Comment">Lines with nothing but comments.</param>
/// <param name="Inactive">Lines that a preprocessor condition takes out.</param>
/// <param name="Blank">Lines with nothing.</param>
readonly record struct LineCounts(int Code, int Comment, int Inactive, int Blank)
{
    public int Total => Code + Comment + Inactive + Blank;

    public static LineCounts operator +(LineCounts left, LineCounts right) => new(
        left.Code + right.Code,
        left.Comment + right.Comment,
        left.Inactive + right.Inactive,
        left.Blank + right.Blank);
}
