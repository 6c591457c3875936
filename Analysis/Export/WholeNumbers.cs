namespace ProfilerWeaver;

/// <summary>Makes whole nanoseconds of ticks so that many add up to the right sum: what one is rounded by, the next one
/// makes good.</summary>
sealed class WholeNumbers(double perTick)
{
    double ticks;

    /// <summary>The sum of the numbers so far.</summary>
    public long Sum { get; private set; }

    /// <summary>The number for so many ticks. There are no negative ones in other tools' files.</summary>
    public long Next(long more)
    {
        ticks += Math.Max(0, more);
        var before = Sum;
        Sum = Math.Max(before, (long)Math.Round(ticks * perTick));
        return Sum - before;
    }
}
