namespace ProfilerWeaver;

/// <summary>How long to wait before trying again: up to twice as long each time, so that a server that comes back is not met by all
/// programs at once.</summary>
/// <param name="first">How long after the first failure at most.</param>
/// <param name="longest">How long at most.</param>
/// <param name="random">Chooses.</param>
sealed class Backoff(TimeSpan first, TimeSpan longest, Random random)
{
    // A server that wants to be left alone for longer is asked all the same.
    static readonly TimeSpan MostRetryAfter = TimeSpan.FromHours(1);

    const int MostDoublings = 30;

    int failures;

    /// <summary>As it is used everywhere but in tests.</summary>
    public static Backoff Usual() => new(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5), Random.Shared);

    /// <summary>Something has arrived.</summary>
    public void Reset() => failures = 0;

    /// <summary>How long to wait after a failure.</summary>
    /// <param name="retryAfter">What the server asks for; then never less than that.</param>
    public TimeSpan Next(TimeSpan? retryAfter)
    {
        var most = Math.Min(longest.TotalSeconds, first.TotalSeconds * (1L << Math.Min(failures++, MostDoublings)));
        // At least half of it: none would hammer a server that has just failed.
        var wait = TimeSpan.FromSeconds(most * (1 + random.NextDouble()) / 2);
        return retryAfter is { } asked && asked > TimeSpan.Zero ? (asked < MostRetryAfter ? asked : MostRetryAfter) + wait / 2 : wait;
    }
}
