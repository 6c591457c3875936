namespace ProfilerWeaver;

/// <summary>A part of what is being recorded, from <see cref="Profile.Measure(Extent)"/> until it is stopped. There may be any number
/// at the same time.</summary>
public sealed class Measurement : IDisposable
{
    readonly Func<Measurement, ProfileData> finish;
    RecordedWindow window;
    readonly OpenScope? scope;
    readonly MeasurementContext? context;

    /// <param name="finish">Who has it take its second reading, in turn.</param>
    /// <param name="window">What it reads.</param>
    /// <param name="scope">Its scope, if it is one.</param>
    /// <param name="context">The context of that.</param>
    internal Measurement(
        Func<Measurement, ProfileData> finish, RecordedWindow window, OpenScope? scope = null, MeasurementContext? context = null)
    {
        this.finish = finish;
        this.window = window;
        this.scope = scope;
        this.context = context;
    }

    /// <summary>What was measured; null as long as it goes on.</summary>
    internal ProfileData? Data { get; private set; }

    /// <summary>Whether it goes on no more.</summary>
    internal bool IsStopped => Data is not null;

    /// <summary>Ends it. Calls that are still running count as ending now; those that were running when it began are not in
    /// it.</summary>
    /// <returns>What was measured. The second time the same again.</returns>
    /// <exception cref="InvalidOperationException">This is called from a profile's timer.</exception>
    public ProfileData Stop()
    {
        ProfileTimer.Refuse(nameof(Stop));
        // The thread's time up to now, as long as the scope is open.
        if (!IsStopped)
            Recorder.Sampler?.Look();
        scope?.Dispose();
        return Recorder.Exclude(() => finish(this));
    }

    /// <inheritdoc cref="Stop"/>
    public void Dispose() => Stop();

    /// <summary>Lets the caller go on outside of it.</summary>
    internal void Suspend()
    {
        if (scope is not null)
            Recorder.SuspendScope(scope);
    }

    /// <summary>What was measured until now.</summary>
    /// <param name="asEnded">Whether calls count that are still running.</param>
    internal ProfileData Read(bool asEnded) => Data ?? WindowReader.Read(window, asEnded);

    /// <summary>What was measured until now by a measurement of all threads that goes on, and has only what comes next from now on.
    /// Callers must take turns.</summary>
    internal ProfileData ReadAndGoOn()
    {
        (var read, window) = WindowReader.ReadAndGoOn(window);
        return read;
    }

    /// <summary>Takes the second reading. Callers must take turns.</summary>
    internal void Take() => Data = context is null ? WindowReader.Read(window, asEnded: true) : context.Read(window);
}
