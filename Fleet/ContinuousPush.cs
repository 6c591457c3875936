namespace ProfilerWeaver;

/// <summary>Sends what a running program calls, interval by interval: each time the difference to the last one, so that what arrives adds up
/// to the whole. It works on a thread of its own; whatever becomes of the server, the program does not notice.</summary>
/// <example><code>
/// using var push = ContinuousPush.Start("pyroscope=http://localhost:4040", TimeSpan.FromMinutes(1));
/// </code></example>
public sealed class ContinuousPush : IDisposable
{
    static readonly TimeSpan MostPatienceAtEnd = TimeSpan.FromSeconds(5);

    readonly CancellationTokenSource ending = new();
    readonly ManualResetEventSlim ended = new();
    readonly TimeSpan interval;
    readonly PushOptions options;
    readonly TimeProvider time;
    readonly OncePerKind report;

    ContinuousPush(TimeSpan interval, PushOptions options, TimeProvider time)
    {
        (this.interval, this.options, this.time) = (interval, options, time);
        report = new(options.Report ?? Complaint.Say);
    }

    /// <summary>Begins. If nothing is recorded, recording begins, and ends with this. It never throws: if nothing can be sent, a line on
    /// stderr says why, and the program goes on without.</summary>
    /// <param name="to"><c>pyroscope=URL</c>, <c>otlp=URL</c> or a folder.</param>
    /// <param name="interval">How often to send; a second at least.</param>
    /// <param name="options">How; null: nothing special.</param>
    /// <returns>What ends it, and sends what was called last.</returns>
    public static ContinuousPush Start(string to, TimeSpan interval, PushOptions? options = null) =>
        Start(to, interval, options ?? new(), TimeProvider.System, Backoff.Usual());

    /// <summary>As <see cref="Start(string, TimeSpan, PushOptions?)"/>.</summary>
    internal static ContinuousPush Start(string to, TimeSpan interval, PushOptions options, TimeProvider time, Backoff backoff)
    {
        var push = new ContinuousPush(interval, options, time);
        try
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(interval, TimeSpan.FromSeconds(1));
            PushLabels.Check(options);
            var destination = Destinations.Parse(to);
            var measurement = Profile.Measure(Extent.All);
            BackgroundThread.Begin("ProfilerWeaver push", () => Recorder.Unrecorded(() => push.Run(measurement, destination, backoff)));
        }
        catch (Exception e)
        {
            push.report.Say("off", $"nothing is pushed: {e.Message}");
            push.ended.Set();
        }
        return push;
    }

    /// <summary>Ends it, after what was called last has been sent. It waits for that <see cref="PushOptions.Patience"/>, and 5 seconds at
    /// most.</summary>
    public void Dispose()
    {
        ending.Cancel();
        // And some more, for what is being sent or written.
        ended.Wait(PatienceAtEnd * 2);
    }

    TimeSpan PatienceAtEnd => TimeSpan.FromTicks(Math.Clamp(options.Patience.Ticks, 0, MostPatienceAtEnd.Ticks));

    void Run(Measurement measurement, Destination destination, Backoff backoff)
    {
        try
        {
            using (destination)
                Push(ref measurement, destination, backoff);
        }
        catch (Exception e)
        {
            report.Say("off", $"nothing is pushed any longer: {e.Message}");
            TryStop(measurement);
        }
        finally
        {
            ended.Set();
        }
    }

    // Nobody wants it any more. If there is no memory for what it would return, it goes on, and harms nobody.
    static void TryStop(Measurement measurement)
    {
        try
        {
            measurement.Stop();
        }
        catch (Exception)
        {
        }
    }

    void Push(ref Measurement measurement, Destination destination, Backoff backoff)
    {
        var spool = OpenSpool(destination, out var isTemporary);
        var sender = new SpoolSender(spool, destination, backoff, time, text => report.Say("refused", text));
        do
        {
            var due = time.GetUtcNow() + interval;
            Send(sender, due, ending.Token);
            Wait(due - time.GetUtcNow());
            measurement = Take(measurement, destination, spool);
            sender.Reopen();
        }
        while (!ending.IsCancellationRequested);
        measurement.Stop();
        using var atEnd = new CancellationTokenSource(PatienceAtEnd);
        Send(sender, time.GetUtcNow() + PatienceAtEnd, atEnd.Token);
        if (isTemporary && spool.Count == 0)
            Directory.Delete(spool.Location, recursive: true);
    }

    // A container's files may be read-only but for the temporary ones.
    SpoolFolder OpenSpool(Destination destination, out bool isTemporary)
    {
        try
        {
            isTemporary = false;
            return new(SpoolPlace.Open(options.Spool, destination.Identity), options.SpoolLimit);
        }
        catch (Exception e) when (options.Spool is null && (e is IOException or UnauthorizedAccessException))
        {
            isTemporary = true;
            return new(Directory.CreateTempSubdirectory("profilerweaver-push-").FullName, options.SpoolLimit);
        }
    }

    Measurement Take(Measurement measurement, Destination destination, SpoolFolder spool)
    {
        var (window, hasEnded) = Profile.ReadAndGoOn(measurement);
        try
        {
            if (window.Threads.Any(thread => thread.Tree.Count > 1 || thread.Truncated is not null))
            {
                var item = destination.Encode(PushedProfile.Of(window, options), text => report.Say("pruned", text));
                if (spool.Add(item) > 0)
                    report.Say("full", spool.IsFullText);
            }
            // It may have opened scopes all the same.
            if (AutomaticProfile.Settings is null)
            {
                report.Say("unwoven", "there are no calls to push: no woven method has run yet. Is the program woven " +
                    "(ProfilerWeaver.Fody in its project, or dotnet prof weave)?");
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            report.Say("lost", $"{PushedProfile.Of(window, options).Title} is not pushed: {e.Message}");
        }
        // The program has cleared or disabled its profile.
        return hasEnded ? Profile.Measure(Extent.All) : measurement;
    }

    void Send(SpoolSender sender, DateTimeOffset until, CancellationToken cancellation)
    {
        try
        {
            sender.Send(until, cancellation).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            report.Say("spool", $"what waits to be pushed cannot be read: {e.Message}");
        }
        if (sender.Trouble is { } trouble)
            report.Say("trouble", sender.WaitingText(trouble));
    }

    void Wait(TimeSpan wait)
    {
        if (wait <= TimeSpan.Zero)
            return;
        // On this thread, which has nothing else to do.
        Task.Delay(wait, time, ending.Token).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default).GetAwaiter().GetResult();
    }
}
