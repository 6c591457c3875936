namespace ProfilerWeaver;

/// <summary>What statistics take from a file, and what they write to one.</summary>
/// <param name="Recording">The recording behind the table; null if there is none, or none that can be read.</param>
/// <param name="Damage">Why the recording cannot be read.</param>
sealed record StatsFile(ProfileData? Recording, InvalidProfileException? Damage)
{
    /// <summary>The table, with resumes and samples if there is a recording; empty if there is a <see cref="Plain"/> one.</summary>
    public IReadOnlyList<MethodStats> Rows { get; private init; } = [];

    /// <summary>The table, if it is in the form in which this library writes it, and nothing is behind it; otherwise null.</summary>
    public PlainTable? Plain { get; private init; }

    /// <summary>Whether there is anything in the table.</summary>
    public bool HasRows => Plain is not null || Rows.Count > 0;

    /// <summary>What the times are.</summary>
    public ClockUnit Unit { get; init; } = Recording?.Unit ?? ClockUnit.Seconds;

    /// <summary>Reads as much as can be read, but at least the table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="tables">What has read other files, for those whose tables are plain.</param>
    public static StatsFile Read(string path, PlainTableFiles tables)
    {
        if (tables.TryRead(path) is { } plain)
            return new(null, null) { Plain = plain };
        if (LiveFileReader.IsLive(path))
        {
            var live = LiveFileReader.Read(path);
            return new(live, null) { Rows = ProfFile.RowsOf(live) };
        }
#if NET
        if (ForeignProfile.Read(path) is { } foreign)
            return new(foreign.Recording, null) { Rows = foreign.Rows, Unit = foreign.Unit };
#endif
        var data = ProfFile.ReadAll(path);
        var rows = PstatsTable.Read(data, path, out var end);
        try
        {
            var recording = ProfSectionReader.Read(data, end, path);
            return new(recording, null) { Rows = recording is null ? rows : WithRecorded(rows, recording) };
        }
        catch (InvalidProfileException e)
        {
            return new(null, e) { Rows = rows };
        }
    }

    public static void Write(IReadOnlyList<MethodStats> rows, ProfileData? recording, string path)
    {
        if (rows.Count == 0)
            throw new EmptyProfileException();
        var output = new ByteWriter();
        PstatsTable.Write(rows, output);
        if (recording is not null)
            output.Append(ProfSectionWriter.Write(ProfileSanitizer.Sanitize(recording)));
        AtomicFile.Write(path, output.CopyTo);
    }

    /// <summary>The table knows nothing of resumes and waits, of samples, of what recording added, and of where methods are from.</summary>
    static MethodStats[] WithRecorded(MethodStats[] rows, ProfileData recording)
    {
        var recorded = new StatsTable();
        foreach (var row in FlatProfile.From(recording))
            recorded.Add(row);
        return Array.ConvertAll(rows, row => recorded.Find(row.Label) is { } other ? WithRecorded(row, other) : row);
    }

    static MethodStats WithRecorded(MethodStats row, MethodStats recorded)
    {
        var figures = WithRecorded(row.Figures, recorded.Figures);
        if (row.Callers.Count != recorded.Callers.Count)
            return new MethodStats(recorded.Label, figures, row.Callers);
        var callers = new KeyValuePair<MethodLabel, Figures>[row.Callers.Count];
        for (var i = 0; i < callers.Length; i++)
        {
            var (caller, other) = (row.Callers[i], recorded.Callers[i]);
            callers[i] = caller.Key == other.Key
                ? new(other.Key, WithRecorded(caller.Value, other.Value))
                : caller;
        }
        return new MethodStats(recorded.Label, figures, callers);
    }

    static Figures WithRecorded(Figures figures, Figures recorded) => figures with
    {
        Resumes = recorded.Resumes,
        RecordingTime = recorded.RecordingTime,
        Samples = recorded.Samples,
        ElapsedTime = recorded.ElapsedTime,
        WaitingTime = recorded.WaitingTime,
        OpenCalls = recorded.OpenCalls,
        SlowestTime = recorded.SlowestTime,
        Occurrence = recorded.Occurrence,
    };
}
