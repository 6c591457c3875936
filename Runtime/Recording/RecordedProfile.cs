namespace ProfilerWeaver;

/// <summary>
/// The profile of a recording of this process, read from where its threads record it; they may go on meanwhile. Once the
/// recorder needs that memory for the next recording, it is moved into columns.
/// </summary>
sealed unsafe class RecordedProfile : ProfileSource
{
    readonly Recording recording;
    readonly List<ThreadPart> threads = [];
    readonly FoldedReader? folded;
    readonly Node* foldedBy;
    readonly bool hasSuspended;
    readonly long? end;
    ReadyProfile? moved;

    /// <summary>Takes note of the recording as it is now.</summary>
    /// <param name="recording">What to read.</param>
    /// <param name="closeOpenFrames">Whether open activations count as ended now; otherwise they are left out, as
    /// CPython leaves them out of a running profile.</param>
    public RecordedProfile(Recording recording, bool closeOpenFrames)
    {
        this.recording = recording;
        hasSuspended = recording.HasSuspended;
        if (hasSuspended && recording.Clock.IsReadInCalls && !recording.Clock.IsOfThread)
            end = recording.Clock.Read();
        if (recording.Folded != null)
            folded = Reader().ReadFolded(recording.Folded);
        // Afterwards: if it is still one thread, all that was read is that thread's.
        foldedBy = recording.FoldedBy;
        foreach (var thread in recording.Threads)
        {
            var open = closeOpenFrames ? OpenCallsOf(thread) : OpenCalls.None;
            folded?.Close(open, thread.IsFlat);
            threads.Add(new(thread.Id, thread.Name, thread.Root, thread.IsFlat, open));
        }
        // Last: no call that counts as ended now took longer than the recording.
        Facts = new()
        {
            Methods = [],
            Threads = [],
            SecondsPerTick = recording.Clock.MeasureTick(),
            Clock = NameOf(recording.Clock),
            Unit = recording.Clock.Unit,
            Overhead = recording.Overhead,
            Compensate = recording.Compensate,
            Program = ThisProcess.Name,
            StartedUtc = recording.StartedUtc,
            Duration = recording.Duration,
            JitTime = recording.JitTime,
            GcPauseTime = recording.GcPauses,
            Environment = [.. RunFacts.OfThisProcess(), new("settings", SettingsOf(recording))],
        };
    }

    public override ProfileData Facts { get; }

    /// <summary>Takes note of a recording that has just been switched off. Activations that are open end later, and what
    /// they change then is not in the profile.</summary>
    public static RecordedProfile OfEnded(Recording recording)
    {
        var profile = new RecordedProfile(recording, closeOpenFrames: true);
        foreach (var thread in profile.threads)
            thread.Open.KeepContexts();
        return profile;
    }

    public override bool IsLinked => hasSuspended;

    public override ProfileData Visit(ProfileVisitor visitor)
    {
        if (moved is not null)
            return moved.Visit(visitor);
        var reader = Reader();
        ThreadPart.Show(threads, folded, foldedBy, reader, visitor);
        return Facts with { Methods = reader.Methods };
    }

    /// <summary>Leaves the threads' trees, if it is wanted any longer.</summary>
    public void Move()
    {
        if (recording.IsDiscarded)
            return;
        var data = ToData();
        moved = new(data);
        threads.Clear();
        recording.Keep(data);
    }

    static string NameOf(Clock clock)
    {
        if (clock.IsSteady)
            return clock.Name;
        Complaint.Once($"the {CycleCounter.Name} of this machine did not tick steadily: all counts are exact, times are not; set " +
            $"{EnvironmentVariable.CycleCounter}=0 to measure with the stopwatch");
        return clock.Name + Clock.Unsteady;
    }

    static string SettingsOf(Recording recording) =>
        (recording.IsFlat ? "subcalls=false" : "subcalls=true") + (recording.Builtins ? ", builtins=true" : ", builtins=false");

    TreeReader Reader() => new(RecorderImage.OfThisProcess, ModuleTables.ReadAll(), recording.Sampler is not null,
        hasSuspended ? new(end) : null);

    OpenCalls OpenCallsOf(RecordedThread thread)
    {
        var arena = thread.Arena;
        if (arena == null)
            return OpenCalls.None;
        var frames = TreeReader.OpenFrames(RecorderImage.OfThisProcess, &arena->Stack);
        if (frames.Count == 0)
            return OpenCalls.None;
        // A clock of another thread cannot be read; its last known instant is when the topmost callee ended.
        var now = recording.Sampler is not null ? arena->Sampled.Charged
            : recording.Clock.IsOfThread && !thread.IsCurrent
            ? frames[0].Start + frames[0].ChildTime
            : recording.Clock.Read() - arena->Excluded;
        return new(frames, recording.Start, now, recording.Clock.Timer is not null, recording.Sampler is not null);
    }
}
