namespace ProfilerWeaver.Store;

/// <summary>Writes rows of <c>profiles</c>.</summary>
sealed class ProfilesFile : IAsyncDisposable
{
    const long NanosecondsOfTick = 1_000_000_000 / TimeSpan.TicksPerSecond;

    readonly TextColumn id = new("profile_id");
    readonly TextColumn program = new("program");
    readonly TextColumn version = new("version", nullable: true);
    readonly InstantColumn started = new("started_at");
    readonly Column<long> duration = new("duration_ns");
    readonly Column<long> jit = new("jit_ns");
    readonly Column<long> collector = new("gc_pause_ns");
    readonly TextColumn clock = new("clock");
    readonly NullableColumn<long> interrupted = new("interrupted_calls");
    readonly Column<long> parts = new("profiles");
    readonly MapColumn labels = new("labels");
    readonly TableFile file;

    public ProfilesFile(string path) =>
        file = new(path, id, program, version, started, duration, jit, collector, clock, interrupted, parts, labels);

    /// <summary>Writes that of a profile.</summary>
    public async Task Add(AddedProfile profile)
    {
        var data = profile.Data;
        id.Add(profile.Id);
        program.Add(data.Program);
        version.Add(profile.Version);
        started.Add(data.StartedUtc);
        duration.Add(data.Duration.Ticks * NanosecondsOfTick);
        jit.Add(data.JitTime.Ticks * NanosecondsOfTick);
        collector.Add(data.GcPauseTime.Ticks * NanosecondsOfTick);
        clock.Add(data.Clock);
        interrupted.Add(data.InterruptedCalls);
        parts.Add(profile.Parts);
        labels.Add(profile.Labels);
        await file.EndRow();
    }

    /// <summary>Writes the end of the file.</summary>
    /// <returns>Its size.</returns>
    public Task<long> Finish() => file.Finish();

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
