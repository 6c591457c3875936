namespace ProfilerWeaver;

/// <summary>
/// Reads what a process recorded from its live file: after the process was killed, or while it is running. Activations
/// that are open there count as ended at the last instant that was recorded.
/// </summary>
sealed unsafe class LiveFileReader
{
    const int Attempts = 5;

    readonly LiveImage image;
    readonly Registry registry;
    readonly RecordedMethods methods = new();
    readonly string source;

    // Then a frame that is not open any more may have the time of another clock.
    bool clocksDiffer;

    LiveFileReader(LiveImage image, string source)
    {
        this.image = image;
        this.source = source;
        if (image.Header.Registry == null)
            throw image.Invalid(0, image.IsIncomplete ? LiveImage.DiskWasFull : LiveImage.NothingYet);
        registry = *Required(image.At(image.Header.Registry));
    }

    /// <summary>Whether a path is, by its name, that of a live file. A file that is none by its content is refused when it
    /// is read.</summary>
    public static bool IsLive(string path) => path.EndsWith(LiveFile.Suffix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads the profile in a live file. Its methods and threads may be empty.</summary>
    /// <exception cref="InvalidProfileException">It is no live file, or is damaged.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static ProfileData Read(string path) => Read(path, profile => ProfileSanitizer.Sanitize(profile.ToData()));

    /// <summary>Does something with the profile in a live file, of which no more is held in memory than that takes.</summary>
    /// <inheritdoc cref="Read(string)" path="/exception"/>
    public static T Read<T>(string path, Func<ProfileSource, T> use)
    {
        for (var attempt = 1; ; attempt++)
        {
            using var image = LiveImage.Read(path);
            try
            {
                return Read(image, path, use);
            }
            catch (InvalidProfileException) when (attempt < Attempts && image.Length != new FileInfo(path).Length)
            {
                // Its process is running, and has begun something that is not complete yet.
            }
        }
    }

    /// <summary>Does something with the profile in a live file that this process holds.</summary>
    /// <exception cref="InvalidProfileException">It is no live file, or is damaged.</exception>
    public static T Read<T>(string path, FileStream held, Func<ProfileSource, T> use)
    {
        using var image = LiveImage.Read(path, held);
        return Read(image, path, use);
    }

    static T Read<T>(LiveImage image, string path, Func<ProfileSource, T> use)
    {
        var profile = new LiveFileReader(image, path).Read();
        return image.IsIncomplete && profile.IsEmpty()
            ? throw image.Invalid(0, LiveImage.DiskWasFull)
            : use(profile);
    }

    ProfileSource Read()
    {
        ReadModules();
        var recordings = new List<nint>();
        for (var next = registry.Recordings; next != null;)
        {
            var recording = image.At(next);
            if (recording == null)
                break;
            recordings.Add((nint)recording);
            clocksDiffer |= recording->ClockIsCustom || recording->ClockIsOfThread;
            next = recording->Next;
        }
        recordings.Reverse();
        var parts = new List<ProfileSource>();
        foreach (RecordingEntry* recording in recordings)
        {
            if (!recording->IsAutomatic || recording->IsDiscarded)
                continue;
            var isReady = (byte*)Volatile.Read(ref *(nint*)&recording->Section) != null;
            parts.Add(isReady ? new ReadyProfile(ReadSection(recording)) : ReadTrees(recording));
        }
        return parts.Count > 0
            ? CombinedProfile.Of(parts)
            : new ReadyProfile(new() { Methods = [], Threads = [], SecondsPerTick = 1, Program = Text(registry.Program) });
    }

    void ReadModules()
    {
        var modules = new List<nint>();
        for (var next = registry.Modules; next != null;)
        {
            var module = image.At(next);
            if (module == null)
                break;
            modules.Add((nint)module);
            next = module->Next;
        }
        modules.Reverse();
        foreach (ModuleEntry* module in modules)
        {
            var table = image.Locate(module->Table, module->Length);
            // Later modules have higher ids: the tree ends where it would need them.
            if (table == null)
                break;
            try
            {
                if (module->FirstId == methods.Count)
                    methods.Add(MethodTable.Read(table, module->Length));
                else
                    image.Refuse(module->Table, $"its methods begin with {module->FirstId} instead of {methods.Count}");
            }
            catch (InvalidDataException e)
            {
                image.Refuse(module->Table, e.Message);
            }
        }
    }

    ProfileData ReadSection(RecordingEntry* recording)
    {
        var section = Required(image.Locate(recording->Section, recording->SectionLength));
        var bytes = new byte[recording->SectionLength];
        fixed (byte* copy = bytes)
            Buffer.MemoryCopy(section, copy, bytes.Length, bytes.Length);
        return ProfSectionReader.Read(bytes, 0, source)
            ?? throw image.Invalid(0, "a finished recording is missing");
    }

    LiveRecording ReadTrees(RecordingEntry* recording)
    {
        var truncated = new TreeReader(image, methods, recording->ClockIsSampled).ReadTruncated(recording->Truncated);
        // Afterwards: if it is still one thread, all that was read is that thread's.
        var truncatedBy = recording->TruncatedBy;
        var threads = ReadThreads(recording, out var hasSuspended);
        // First: then the rest is what it was at the end.
        var hasEnded = Volatile.Read(ref recording->HasEnded);
        var end = recording->LastSeen;
        if (!hasEnded && !recording->ClockIsOfThread)
        {
            foreach (var thread in threads)
                end = Math.Max(end, thread.LastInstant);
        }
        var parts = new List<ThreadPart>();
        var closed = 0;
        foreach (var thread in threads)
        {
            var open = new OpenCalls(thread.OpenFrames, recording->Start,
                (recording->ClockIsOfThread ? thread.LastInstant : end) - thread.Excluded, recording->ClockIsCustom, recording->ClockIsSampled);
            closed += truncated?.Close(open, thread.IsFlat) ?? 0;
            parts.Add(new(thread.Id, thread.Name, thread.Root, thread.IsFlat, open));
        }
        long? endOfSuspended = recording->ClockIsOfThread || recording->ClockIsSampled ? null : end;
        return new(image, methods, recording->ClockIsSampled, hasSuspended, endOfSuspended, parts, truncated, truncatedBy, hasEnded ? null : closed, new()
        {
            Methods = [],
            Threads = [],
            SecondsPerTick = TickOf(recording),
            Clock = Text(recording->Clock),
            Unit = (ClockUnit)recording->Unit,
            Overhead = OverheadOf(recording),
            Compensate = recording->Compensate,
            Program = Text(registry.Program),
            StartedUtc = StartOf(recording),
            Duration = DurationOf(recording, end),
        });
    }

    List<StoppedThread> ReadThreads(RecordingEntry* recording, out bool hasSuspended)
    {
        hasSuspended = false;
        var threads = new List<StoppedThread>();
        for (var next = recording->Threads; next != null;)
        {
            var entry = image.At(next);
            if (entry == null)
                break;
            next = entry->Next;
            var arena = image.At(entry->Arena);
            // A later recording has taken the tree down.
            if (arena == null || arena->Session != recording->Number)
                continue;
            hasSuspended |= arena->HasSuspended;
            // Another thread may have taken the stack over when this one had ended.
            var ownsStack = arena->Root == entry->Root;
            var frames = ownsStack ? TreeReader.OpenFrames(image, &arena->Stack) : [];
            var last = recording->ClockIsSampled ? arena->Sampled.Charged
                : ownsStack ? LastInstant(arena, frames, recording) : recording->Start;
            var excluded = recording->ClockIsSampled ? 0 : arena->Excluded;
            threads.Add(new(entry->Id, Text(entry->Name), entry->Root, arena->Flat, frames, last, excluded));
        }
        threads.Reverse();
        return threads;
    }

    // The latest that the stack tells of: an open activation and what had ended in it, or the beginning of one that has
    // ended, whose frame is still there.
    long LastInstant(ThreadArena* arena, List<OpenFrame> frames, RecordingEntry* recording)
    {
        var last = recording->Start - arena->Excluded;
        foreach (var frame in frames)
            last = Math.Max(last, frame.Start + frame.ChildTime);
        if (clocksDiffer)
            return last + arena->Excluded;
        for (var slot = arena->Stack.Top + 1; slot < arena->Stack.End; slot++)
        {
            var frame = image.At(slot);
            if (frame == null || frame->Node == null)
                break;
            last = Math.Max(last, frame->Start);
        }
        return last + arena->Excluded;
    }

    double TickOf(RecordingEntry* recording)
    {
        var tick = recording->SecondsPerTick;
        return tick > 0 && tick <= double.MaxValue
            ? tick
            : throw image.Invalid(0, $"the length of a tick is {tick} seconds");
    }

    RecordingOverhead OverheadOf(RecordingEntry* recording)
    {
        var overhead = Recording.OverheadOf(recording);
        return overhead.CallTicks >= 0 && overhead.LeastTicks >= 0 && overhead.CallTicks + overhead.LeastTicks < 1e9
            ? overhead
            : throw image.Invalid(0, "the overhead of recording is negative, or too large");
    }

    DateTime StartOf(RecordingEntry* recording) =>
        recording->StartedUtc >= DateTime.MinValue.Ticks && recording->StartedUtc <= DateTime.MaxValue.Ticks
            ? new(recording->StartedUtc, DateTimeKind.Utc)
            : throw image.Invalid(0, "the start time of the recording is not a valid date");

    static TimeSpan DurationOf(RecordingEntry* recording, long end)
    {
        var known = TimeSpan.FromTicks(recording->Duration);
        if (recording->ClockIsOfThread || recording->ClockIsCustom || recording->Unit != (int)ClockUnit.Seconds)
            return known;
        var seconds = (end - recording->Start) * recording->SecondsPerTick;
        return seconds > known.TotalSeconds && seconds < TimeSpan.MaxValue.TotalSeconds / 2
            ? TimeSpan.FromSeconds(seconds)
            : known;
    }

    string Text(TextBlock* text)
    {
        if (text == null)
            return "";
        var head = image.At(text);
        if (head == null)
            return "";
        var characters = image.Locate(text, sizeof(TextBlock) + head->Length * (long)sizeof(char));
        return new((char*)(characters + sizeof(TextBlock)), 0, head->Length);
    }

    T* Required<T>(T* item)
        where T : unmanaged => item != null ? item : throw image.Invalid(0, "its beginning is missing");

    /// <summary>A thread as it was in the end.</summary>
    sealed class StoppedThread(int id, string name, Node* root, bool isFlat, List<OpenFrame> openFrames, long lastInstant, long excluded)
    {
        public int Id => id;

        public string Name => name;

        public Node* Root => root;

        /// <summary>Whether its contexts are no tree.</summary>
        public bool IsFlat => isFlat;

        /// <summary>The activations that had not ended, from the top down.</summary>
        public List<OpenFrame> OpenFrames => openFrames;

        /// <summary>The latest reading of the clock that is known of it.</summary>
        public long LastInstant => lastInstant;

        /// <summary>What of its clock was the recorder's own work.</summary>
        public long Excluded => excluded;
    }

    /// <summary>A recording whose trees are in the file.</summary>
    sealed class LiveRecording(
        LiveImage image, RecordedMethods methods, bool isSampled, bool hasSuspended, long? end, List<ThreadPart> threads,
        TruncatedReader? truncated, Node* truncatedBy, int? closedTruncated, ProfileData facts) : ProfileSource
    {
        public override ProfileData Facts => facts;

        public override bool IsLinked => hasSuspended;

        public override ProfileData Visit(ProfileVisitor visitor)
        {
            var reader = new TreeReader(image, methods, isSampled, hasSuspended ? new(end) : null);
            ThreadPart.Show(threads, truncated, truncatedBy, reader, visitor);
            return facts with { Methods = reader.Methods, InterruptedCalls = closedTruncated + reader.Closed };
        }
    }
}
