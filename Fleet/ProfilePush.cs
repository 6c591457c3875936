namespace ProfilerWeaver;

/// <summary>Sends profiles to a server, as <c>dotnet prof push</c> does.</summary>
public static class ProfilePush
{
    // More has no end on any calendar.
    static readonly TimeSpan MostPatience = TimeSpan.FromDays(365);

    /// <summary>Sends files, and what waits in the spool for the same place. Each profile is put into the spool first, and removed when it
    /// has arrived: whatever happens meanwhile, the next push goes on. Nothing is sent twice, unless an answer is lost; then it has the
    /// same id.</summary>
    /// <param name="files">Profiles of ProfilerWeaver or, if they have call trees, of other tools. They are asked for one after the other, and
    /// one is in memory at a time. None: only what waits is sent.</param>
    /// <param name="to"><c>pyroscope=URL</c>, <c>otlp=URL</c> or a folder.</param>
    /// <param name="options">How; null: nothing special.</param>
    /// <param name="cancellation">Ends it. What has not arrived waits for the next push.</param>
    /// <returns>What became of them.</returns>
    /// <exception cref="ArgumentException">There is no such place, its address has a secret in it, or a server would not take the
    /// labels.</exception>
    /// <exception cref="IOException">The spool cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The spool may not be written.</exception>
    /// <exception cref="OperationCanceledException">It was ended.</exception>
    public static async Task<PushSummary> Push(IEnumerable<string> files, string to, PushOptions? options = null,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(files);
        options ??= new();
        PushLabels.Check(options);
        using var destination = Destinations.Parse(to);
        var spool = new SpoolFolder(SpoolPlace.Open(options.Spool, destination.Identity), options.SpoolLimit);
        return await Push(files, destination, spool, options, Backoff.Usual(), cancellation).ConfigureAwait(false);
    }

    /// <summary>As <see cref="Push(IEnumerable{string}, string, PushOptions?, CancellationToken)"/>.</summary>
    internal static async Task<PushSummary> Push(IEnumerable<string> files, Destination destination, SpoolFolder spool, PushOptions options,
        Backoff backoff, CancellationToken cancellation)
    {
        var report = options.Report ?? (_ => { });
        var sender = new SpoolSender(spool, destination, backoff, TimeProvider.System, report);
        var (leftOut, dropped) = (0, 0);
        foreach (var file in files)
        {
            cancellation.ThrowIfCancellationRequested();
            if (Encode(file, destination, options, report) is not { } item)
            {
                leftOut++;
                continue;
            }
            var before = dropped;
            dropped += spool.Add(item);
            if (before == 0 && dropped > 0)
                report(spool.IsFullText);
            await sender.SendNow(cancellation).ConfigureAwait(false);
        }
        await sender.Send(DateTimeOffset.UtcNow + (options.Patience < MostPatience ? options.Patience : MostPatience), cancellation).ConfigureAwait(false);
        var waiting = spool.Count;
        if (waiting > 0)
            report(sender.WaitingText(sender.Trouble ?? "another process is sending them"));
        return new(sender.Arrived, waiting, sender.Refused, leftOut, dropped);
    }

    static PushItem? Encode(string file, Destination destination, PushOptions options, Action<string> report)
    {
        try
        {
            return destination.Encode(PushedProfile.Read(file, options), report);
        }
        catch (Exception e) when (e is InvalidProfileException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            report($"left out: {e.Message}");
            return null;
        }
    }
}
