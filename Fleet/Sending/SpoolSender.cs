namespace ProfilerWeaver;

/// <summary>Sends what waits in a spool, the oldest first. What has failed is tried again after the others: one that a server cannot take
/// keeps nothing else back.</summary>
/// <param name="spool">What waits.</param>
/// <param name="destination">Where it is sent.</param>
/// <param name="backoff">How long to wait after a failure.</param>
/// <param name="time">The clock.</param>
/// <param name="report">Is told what is lost, as a sentence each.</param>
sealed class SpoolSender(SpoolFolder spool, Destination destination, Backoff backoff, TimeProvider time, Action<string> report)
{
    static readonly TimeSpan WhileOtherSends = TimeSpan.FromMilliseconds(50);

    readonly Dictionary<string, int> failures = [];
    readonly Queue<string> waiting = new();
    DateTimeOffset notBefore = DateTimeOffset.MinValue;

    /// <summary>How many have arrived.</summary>
    public int Arrived { get; private set; }

    /// <summary>How many were refused.</summary>
    public int Refused { get; private set; }

    /// <summary>Why the last one has not arrived; null if it has, or was refused.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Whether there is no use in trying again.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>What to say of what has not arrived.</summary>
    public string WaitingText(string trouble)
    {
        var count = spool.Count;
        return $"{(count == 1 ? "1 profile has" : $"{count} profiles have")} not reached {destination.Name}: {trouble}. What has not arrived waits " +
            $"in {spool.Location}; the next push to the same place, with the same spool, sends it.";
    }

    /// <summary>Tries again where there was no use in it.</summary>
    public void Reopen() => IsClosed = false;

    /// <summary>Sends as much as arrives without waiting for anything.</summary>
    /// <returns>Whether nothing waits any longer.</returns>
    public Task<bool> SendNow(CancellationToken cancellation) => Send(time.GetUtcNow(), cancellation);

    /// <summary>Sends all that waits, as long as that takes.</summary>
    /// <param name="until">After that nothing is tried again.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether nothing waits any longer.</returns>
    public async Task<bool> Send(DateTimeOffset until, CancellationToken cancellation)
    {
        while (!IsClosed)
        {
            if (Next() is not { } file)
                return true;
            if (notBefore > until)
                return false;
            await Wait(notBefore - time.GetUtcNow(), cancellation).ConfigureAwait(false);
            if (await TrySend(file, cancellation).ConfigureAwait(false))
                continue;
            if (time.GetUtcNow() >= until)
                return false;
            await Wait(WhileOtherSends, cancellation).ConfigureAwait(false);
        }
        return false;
    }

    // False if another process is sending.
    async Task<bool> TrySend(string file, CancellationToken cancellation)
    {
        using var turn = spool.TryLock();
        if (turn is null)
            return false;
        if (Read(file) is not { } item)
        {
            // Another process has sent it.
            waiting.Dequeue();
            return true;
        }
        var answer = await destination.Send(item, cancellation).ConfigureAwait(false);
        switch (answer.Outcome)
        {
            case Outcome.Arrived:
                Remove(file);
                Arrived++;
                break;
            case Outcome.Refused:
                Remove(file);
                Refused++;
                report($"{destination.Name} does not take {item.Title}: {answer.Text}.");
                break;
            default:
                failures[file] = failures.GetValueOrDefault(file) + 1;
                waiting.Clear();
                Trouble = answer.Text;
                IsClosed = answer.Outcome == Outcome.Closed;
                notBefore = time.GetUtcNow() + backoff.Next(answer.RetryAfter);
                break;
        }
        return true;
    }

    PushItem? Read(string file)
    {
        try
        {
            return SpoolFolder.Read(file);
        }
        catch (InvalidDataException e)
        {
            report($"'{file}' cannot be sent, and is removed: {e.Message}.");
            File.Delete(file);
            return null;
        }
    }

    void Remove(string file)
    {
        File.Delete(file);
        failures.Remove(file);
        waiting.Dequeue();
        backoff.Reset();
        Trouble = null;
        notBefore = DateTimeOffset.MinValue;
    }

    string? Next()
    {
        if (waiting.Count == 0)
        {
            foreach (var file in spool.List().OrderBy(file => failures.GetValueOrDefault(file)))
                waiting.Enqueue(file);
        }
        return waiting.TryPeek(out var next) ? next : null;
    }

    Task Wait(TimeSpan wait, CancellationToken cancellation) =>
        wait > TimeSpan.Zero ? Task.Delay(wait, time, cancellation) : Task.CompletedTask;
}
