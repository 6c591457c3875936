namespace ProfilerWeaver.Store;

/// <summary>Writes the row of <c>profiles</c>.</summary>
static class ProfilesFile
{
    const long NanosecondsOfTick = 1_000_000_000 / TimeSpan.TicksPerSecond;

    /// <summary>Writes that of a profile.</summary>
    public static async Task Write(AddedProfile profile, string path)
    {
        var id = new TextColumn("profile_id");
        var program = new TextColumn("program");
        var version = new TextColumn("version", nullable: true);
        var started = new InstantColumn("started_at");
        var duration = new Column<long>("duration_ns");
        var jit = new Column<long>("jit_ns");
        var collector = new Column<long>("gc_pause_ns");
        var clock = new TextColumn("clock");
        var interrupted = new NullableColumn<long>("interrupted_calls");
        var parts = new Column<long>("profiles");
        var labels = new MapColumn("labels");
        await using var file = new TableFile(path, id, program, version, started, duration, jit, collector, clock, interrupted, parts, labels);

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
        labels.Add(profile.Labels.ToArray());
        await file.EndRow();
        await file.Finish();
    }
}
