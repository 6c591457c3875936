namespace ProfilerWeaver;

/// <summary>
/// Instants at which both the processor's counter and the system's monotonic clock were read. Between two of them the counter must
/// have ticked at the same rate as ever: the processor says that it does, but a machine may have been moved, suspended or restored
/// meanwhile. Thread-safe.
/// </summary>
/// <param name="stopwatchFrequency">The monotonic clock's ticks a second.</param>
sealed class ClockAnchors(long stopwatchFrequency)
{
    // When they are as many, every other one is dropped: the rest still spans the same time.
    const int Most = 256;

    // What clocks may differ by beside what reading them takes, and drift.
    const double Slack = 50e-6;
    const double Drift = 1e-3;

    readonly RecorderLock gate = new();
    readonly (long Stopwatch, long Counter, long Width)[] anchors = new (long, long, long)[Most];
    int count;

    /// <summary>Adds an instant; one that is not later than the last one by the monotonic clock is left out.</summary>
    /// <param name="stopwatch">The monotonic clock.</param>
    /// <param name="counter">The counter, at the middle of the time that reading both took.</param>
    /// <param name="width">That time in ticks of the counter: how far from each other they may have been read, where the thread
    /// was interrupted meanwhile.</param>
    public void Add(long stopwatch, long counter, long width)
    {
        using (gate.Enter())
        {
            if (count > 0 && stopwatch <= anchors[count - 1].Stopwatch)
                return;
            if (count == Most)
            {
                count = 0;
                for (var i = 0; i < Most; i += 2)
                    anchors[count++] = anchors[i];
            }
            anchors[count++] = (stopwatch, counter, width);
        }
    }

    /// <summary>The length of a tick in seconds from the first to the last anchor, steady or not: at once, as threads wait for
    /// it.</summary>
    public double Estimate()
    {
        using (gate.Enter())
        {
            var (first, last) = (anchors[0], anchors[Math.Max(count - 1, 0)]);
            return (last.Stopwatch - first.Stopwatch) / ((double)stopwatchFrequency * Math.Max(1, last.Counter - first.Counter));
        }
    }

    /// <summary>Compares the clocks.</summary>
    /// <returns>The length of a tick of the counter in seconds, over all time in which it was steady, and whether that was always;
    /// (0, true) if there are fewer than two anchors.</returns>
    public (double SecondsPerTick, bool IsSteady) Compare()
    {
        using (gate.Enter())
        {
            if (count < 2)
                return (0, true);
            var usual = UsualRate();
            double seconds = 0, ticks = 0;
            var isSteady = true;
            for (var i = 1; i < count; i++)
            {
                var (elapsed, counted) = Segment(i);
                var reading = (anchors[i - 1].Width + anchors[i].Width) / 2 * usual;
                if (counted > 0 && Math.Abs(counted * usual - elapsed) <= elapsed * Drift + reading + Slack)
                {
                    seconds += elapsed;
                    ticks += counted;
                }
                else
                {
                    isSteady = false;
                }
            }
            return (ticks > 0 ? seconds / ticks : usual, isSteady);
        }
    }

    // The rate by which most of the time passed: the median of the segments, each weighing as long as it took. Short ones
    // tell little, as their ends are known to some ten nanoseconds only. Without sorting: for the sake of so few values .NET would
    // compile a dozen methods at the end of each program.
    double UsualRate()
    {
        var half = 0.0;
        for (var i = 1; i < count; i++)
            half += Weight(i) / 2;
        for (var candidate = 1; candidate < count; candidate++)
        {
            double slower = 0, same = 0;
            for (var i = 1; i < count; i++)
            {
                if (Rate(i) < Rate(candidate))
                    slower += Weight(i);
                else if (Rate(i) <= Rate(candidate))
                    same += Weight(i);
            }
            if (slower <= half && slower + same >= half && Weight(candidate) > 0)
                return Rate(candidate);
        }
        return 0;
    }

    double Weight(int end) => Segment(end) is (var seconds, > 0) ? seconds : 0;

    double Rate(int end) => Segment(end) is (var seconds, > 0 and var ticks) ? seconds / ticks : 0;

    (double Seconds, long Ticks) Segment(int end) =>
        ((anchors[end].Stopwatch - anchors[end - 1].Stopwatch) / (double)stopwatchFrequency,
            anchors[end].Counter - anchors[end - 1].Counter);
}
