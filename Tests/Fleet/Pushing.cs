namespace ProfilerWeaver.Tests.Fleet;

/// <summary>Pushes as <see cref="ProfilePush"/> does, but tries again at once.</summary>
static class Pushing
{
    /// <summary>How long to wait after a failure.</summary>
    public static Backoff Quickly => new(TimeSpan.FromMilliseconds(1), TimeSpan.FromMilliseconds(10), new Random(7));

    /// <summary>Pushes files.</summary>
    public static async Task<PushSummary> Push(IEnumerable<string> files, string to, string spool, PushOptions? options = null)
    {
        options ??= new();
        using var destination = Destinations.Parse(to);
        return await ProfilePush.Push(files, destination, new(SpoolPlace.Open(spool, destination.Identity), options.SpoolLimit), options, Quickly,
            CancellationToken.None);
    }
}
