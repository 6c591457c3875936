namespace ProfilerWeaver;

/// <summary>A profile that is to be sent.</summary>
/// <param name="Title">What messages call it.</param>
/// <param name="Stats">What is sent.</param>
/// <param name="Labels">Under which labels.</param>
/// <param name="FromUtc">When it was recorded.</param>
/// <param name="Duration">For how long.</param>
sealed record PushedProfile(string Title, Stats Stats, PushLabels Labels, DateTime FromUtc, TimeSpan Duration)
{
    /// <summary>Reads a file.</summary>
    /// <param name="path">A profile of ours or, if it has call trees, of another tool.</param>
    /// <param name="options">What a user has chosen.</param>
    /// <exception cref="InvalidProfileException">It is no profile, or damaged.</exception>
    /// <exception cref="InvalidOperationException">It has no call tree.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static PushedProfile Read(string path, PushOptions options)
    {
        var stats = new Stats(path);
        // In part it would be sent as if it were all.
        if (stats.Damage is [var damage, ..])
            throw damage;
        if (stats.OnlyRecording is not { } run)
            throw new InvalidOperationException($"{path} has a table of methods only, without the call tree that is sent.");
        // Other tools' profiles may not say when that was.
        if (run.StartedUtc <= DateTime.UnixEpoch)
            stats = new(run = run with { StartedUtc = File.GetLastWriteTimeUtc(path) - run.Duration });
        return new(path, stats, PushLabels.Of(options, run, Path.GetFileNameWithoutExtension(path)), run.StartedUtc, run.Duration);
    }

    /// <summary>One that is in memory.</summary>
    /// <param name="run">What was recorded.</param>
    /// <param name="options">What a user has chosen.</param>
    public static PushedProfile Of(ProfileData run, PushOptions options) => new(
        $"what was called from {run.StartedUtc:HH:mm:ss} to {run.StartedUtc + run.Duration:HH:mm:ss} UTC", new(run),
        PushLabels.Of(options, run, ThisProcess.Name), run.StartedUtc, run.Duration);
}
