using System.Globalization;

namespace ProfilerWeaver;

/// <summary>
/// The profile of a recording of this process, read from where its threads record it; they may go on meanwhile. Once the
/// recorder needs that memory for the next recording, it is moved into columns.
/// </summary>
sealed unsafe class RecordedProfile : ProfileSource
{
    readonly Recording recording;
    readonly List<ThreadPart> threads = [];
    readonly TruncatedReader? truncated;
    readonly Node* truncatedBy;
    readonly bool hasSuspended;
    readonly long? end;
    readonly RecordedWindow? window;
    readonly RecordedWindow? next;
    readonly ContextReading? taken;
    readonly ContextsBelow? only;
    ReadyProfile? moved;

    /// <summary>Takes note of the recording as it is now.</summary>
    /// <param name="recording">What to read.</param>
    /// <param name="closeOpenFrames">Whether open activations count as ended now; otherwise they are left out, as
    /// CPython leaves them out of a running profile.</param>
    /// <param name="window">What of it is to be shown; null: all.</param>
    /// <param name="taken">What takes note of all figures; null: nothing.</param>
    /// <param name="next">The window that begins with this reading, if it is not <paramref name="window"/>.</param>
    public RecordedProfile(Recording recording, bool closeOpenFrames, RecordedWindow? window = null, ContextReading? taken = null,
        RecordedWindow? next = null)
    {
        this.recording = recording;
        this.window = window;
        this.taken = taken;
        this.next = next ?? window;
        hasSuspended = recording.HasSuspended;
        if (hasSuspended && recording.Clock.IsReadInCalls && !recording.Clock.IsOfThread)
            end = recording.Clock.Read();
        if (recording.Truncated != null && window?.HasTruncated(recording.TruncatedBy) != false)
            truncated = Reader().ReadTruncated(recording.Truncated);
        // Afterwards: if it is still one thread, all that was read is that thread's.
        truncatedBy = recording.TruncatedBy;
        foreach (var thread in recording.Threads)
        {
            if (window?.HasThread(thread.Root) == false)
                continue;
            var open = closeOpenFrames || window is not null ? OpenCallsOf(thread, closeOpenFrames) : OpenCalls.None;
            // In a window a truncated call counts when it ends: what was open before has no context that would tell.
            if (window is null)
                truncated?.Close(open, thread.IsFlat);
            threads.Add(new(thread.Id, thread.Name, thread.Root, thread.IsFlat, open));
        }
        if (window is not null && window.Top != null)
            only = new(window.Top, threads.ConvertAll(thread => (nint)thread.Root));
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
            StartedUtc = window?.StartedUtc ?? recording.StartedUtc,
            Duration = recording.Duration - (window?.Began ?? default),
            JitTime = recording.JitTime - (window?.JitTime ?? default),
            GcPauseTime = recording.GcPauses - (window?.GcPauses ?? default),
            Environment = [.. RunFacts.OfThisProcess(), new("settings", SettingsOf(recording)),
                new("began", BeganOf(recording.Began + (window?.Began ?? default)))],
        };
    }

    public override ProfileData Facts { get; }

    /// <summary>Takes note of a recording that has just been switched off. Activations that are open end later, and what
    /// they change then is not in the profile.</summary>
    public static RecordedProfile OfEnded(Recording recording)
    {
        var profile = new RecordedProfile(recording, closeOpenFrames: true);
        foreach (var thread in profile.threads)
            thread.Open.KeepContexts(thread.IsFlat);
        return profile;
    }

    public override bool IsLinked => hasSuspended;

    public override ProfileData Visit(ProfileVisitor visitor)
    {
        if (moved is not null)
            return moved.Visit(visitor);
        var reader = Reader();
        if (only is null)
            ThreadPart.Show(threads, truncated, truncatedBy, reader, visitor);
        else
            ThreadPart.ShowOnly(threads, reader, visitor);
        return Facts with { Methods = reader.Methods };
    }

    public override ProfileData ToData() => moved is not null ? moved.ToData() : base.ToData();

    /// <summary>Whether a call is open in the context that the window shows, or was handed over and has a thread.</summary>
    public bool IsInUse()
    {
        foreach (var thread in threads)
        {
            for (var i = 0; i < thread.Open.Count; i++)
            {
                if (only!.Contains(thread.Open.ContextOf(i)))
                    return true;
            }
        }
        return Array.Exists(recording.Threads, thread => thread.Arena is var arena && arena != null && only!.Contains((nint)arena->Stack.Base->Node));
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

    static string BeganOf(TimeSpan began) => began.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture) + " s after the first woven method";

    static string SettingsOf(Recording recording) =>
        (recording.IsFlat ? "subcalls=false" : "subcalls=true") + (recording.Builtins ? ", builtins=true" : ", builtins=false");

    TreeReader Reader() => new(RecorderImage.OfThisProcess, ModuleTables.ReadAll(), recording.Sampler is not null,
        hasSuspended ? new(end) : null)
    {
        Since = window?.Before,
        Taken = taken,
        Only = only,
    };

    OpenCalls OpenCallsOf(RecordedThread thread, bool withNew)
    {
        var arena = thread.Arena;
        if (arena == null)
            return OpenCalls.None;
        var frames = TreeReader.OpenFrames(RecorderImage.OfThisProcess, &arena->Stack);
        // They count as ended in what is subtracted.
        if (!withNew)
            frames.RemoveAll(frame => !window!.WasOpen(frame));
        else if (taken is not null)
            next?.AddOpen(frames);
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
