using System.Collections;
using System.Globalization;

namespace ProfilerWeaver;

/// <summary>
/// Reports on profiles, with the operations and the output of Python's <c>pstats</c>.
/// Operations that modify it return it, so they can be chained:
/// <c>new Stats("app.prof").StripDirs().SortStats("cumulative").PrintStats(20)</c>.
/// </summary>
/// <remarks>Enumerating yields the rows in their current order. Not thread-safe.</remarks>
public sealed partial class Stats : IEnumerable<MethodStats>
{
    static readonly MethodLabel OldProfiler = new("jprofile", 0, "profiler");

    readonly List<string> files = [];
    readonly List<MethodLabel> topLevel = [];
    readonly List<InvalidProfileException> damage = [];
    List<ProfileData> recordings = [];
    // Whether some rows come from no recording, so that the call tree would lack them.
    bool hasMereRows;
    StatsTable table = new();
    MethodStats[]? sorted;

    /// <summary>Reads and sums profiles: of ProfilerWeaver and cProfile, and on .NET 8 or later of the tools in docs/formats.md.</summary>
    /// <param name="paths">The files; if there are none, the statistics are empty.</param>
    /// <exception cref="InvalidProfileException">A file is not a profile, or its table is damaged. For damage after the
    /// table, see <see cref="Damage"/>.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">Access to a file is denied, or it is a folder.</exception>
    public Stats(params string[] paths)
    {
        // As in pstats, the others are added from the last to the second.
        foreach (var (path, file) in StatsFiles.Read([.. paths.Take(1), .. Enumerable.Reverse(paths.Skip(1))]))
            Add(path, file);
    }

    Stats(string path, StatsFile file)
    {
        Load(file.Plain?.ToRows() ?? file.Rows, file.Recording);
        Unit = file.Unit;
        if (file.Damage is { } unreadable)
            damage.Add(unreadable);
        files.Add(FileLine(path));
    }

    /// <summary>Takes the rows of a recording.</summary>
    public Stats(ProfileData profile) => Load(FlatProfile.From(profile), profile);

    /// <summary>Stops a profile, if it is recording, and takes its rows.</summary>
    public Stats(Profile profile)
        : this(profile.CreateStats())
    {
    }

    /// <summary>Takes rows as they are; rows with equal labels are summed.</summary>
    /// <param name="rows">The rows, or other statistics, whose files and totals are copied as well.</param>
    public Stats(IEnumerable<MethodStats> rows)
    {
        if (rows is Stats other)
            AddOne(other);
        else
            Load(rows, null);
    }

    /// <summary>The files, each preceded by its modification time, as pstats prints them.</summary>
    public IReadOnlyList<string> Files => files;

    /// <summary>The calls of all methods.</summary>
    public long TotalCalls { get; private set; }

    /// <summary>The primitive calls of all methods.</summary>
    public long PrimitiveCalls { get; private set; }

    /// <summary>The time of all methods, each excluding its callees, in seconds.</summary>
    public double TotalTime { get; private set; }

    /// <summary>The unit of the times: seconds, or whatever the profile's clock counts.</summary>
    public ClockUnit Unit { get; private set; }

    /// <summary>Why the recordings in some of the files could not be read; empty if there were no problems. The rows are
    /// complete nevertheless, but there is no call tree, and a profile of bytes is not recognized as such.</summary>
    public IReadOnlyList<InvalidProfileException> Damage => damage;

    /// <summary>The methods that the pure Python profiler called first; empty in other profiles.</summary>
    public IReadOnlyList<MethodLabel> TopLevel => topLevel;

    /// <summary>The sort order, as printed; null if rows are in file order.</summary>
    public string? SortDescription { get; private set; }

    /// <summary>The number of rows.</summary>
    public int Count => table.Count;

    internal IReadOnlyList<MethodStats> Rows => sorted ?? table.Rows;

    internal IReadOnlyList<MethodStats> RowsInFileOrder => table.Rows;

    /// <summary>Adds other profiles: the figures of methods with equal labels are summed.</summary>
    /// <param name="paths">Files, which are added from the last to the first, as in pstats.</param>
    /// <exception cref="InvalidProfileException">A file is not a profile, or is damaged.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public Stats Add(params string[] paths)
    {
        // If one of them cannot be read, none is added.
        foreach (var (path, file) in StatsFiles.ReadAll([.. Enumerable.Reverse(paths)]))
            Add(path, file);
        return this;
    }

    /// <summary>Adds a recording: the figures of methods with equal labels are summed.</summary>
    public Stats Add(ProfileData profile) => Add(new Stats(profile));

    /// <summary>Stops a profile, if it is recording, and adds what it recorded.</summary>
    public Stats Add(Profile profile) => Add(new Stats(profile));

    /// <summary>Adds other statistics: the figures of methods with equal labels are summed.</summary>
    /// <param name="others">They are not modified, and are added from the last to the first, as in pstats.</param>
    /// <exception cref="ArgumentException">One has a different unit, for example bytes instead of seconds.</exception>
    public Stats Add(params Stats[] others)
    {
        for (var i = others.Length - 1; i >= 0; i--)
            AddOne(others[i]);
        return this;
    }

    /// <summary>Removes the directories from file names. Methods and callers that become equal are summed.</summary>
    public Stats StripDirs()
    {
        table = table.Rename(StripDir);
        recordings = recordings.ConvertAll(recording =>
            recording with { Methods = [.. recording.Methods.Select(StripDir)] });
        ForgetOrder();
        ForgetTree();
        for (var i = 0; i < topLevel.Count; i++)
            topLevel[i] = StripDir(topLevel[i]);
        return this;
    }

    /// <summary>Prints no names of files any longer, where they are of no interest.</summary>
    internal Stats ForgetFiles()
    {
        files.Clear();
        return this;
    }

    /// <summary>Shows what async methods do after an <c>await</c> where it ran, instead of where it was called
    /// (<see cref="ProfileData.ByThread"/>).</summary>
    /// <exception cref="InvalidOperationException">Some of the profiles are only tables, as written by CPython.</exception>
    internal Stats RegroupByThread() => Regroup(recording => recording.ByThread());

    /// <summary>Leaves nothing but what happened in some scopes.</summary>
    /// <param name="scope">The label of the scopes, one of their keys with its value, as <c>key=value</c>, or both as in their
    /// rows.</param>
    /// <exception cref="InvalidOperationException">There are no such scopes; or some of the profiles are only tables, as written by
    /// CPython.</exception>
    internal Stats RestrictToScopes(string scope)
    {
        var scopes = Recordings().SelectMany(recording => recording.Methods).Where(label => ScopeName.Is(label))
            .Select(label => ScopeName.Parse(label.Name)).ToList();
        if (!scopes.Exists(IsMeant))
        {
            const int MostNamed = 10;
            var names = scopes.Select(known => $"\"{known}\"").Distinct()
                .OrderBy(known => known, StringComparer.Ordinal).ToList();
            throw new InvalidOperationException($"The profile has no scope \"{Printable.Text(scope)}\". " + (names.Count == 0
                ? "It has no scopes at all: Profile.Scope(label) opens one."
                : $"It has {Printable.Text(string.Join(", ", names.Take(MostNamed)))}{(names.Count > MostNamed ? $" and {names.Count - MostNamed} more" : "")}."));
        }
        return Regroup(recording => recording.WithinScopes(IsMeant));

        bool IsMeant(ScopeName known) => known.Label == scope || known.ToString() == scope
            || known.Pairs.Any(pair => scope == $"{pair.Key}={pair.Value}");
    }

    /// <summary>Leaves out the time in which threads waited in blocking calls.</summary>
    /// <exception cref="InvalidOperationException">Some of the profiles are only tables, as written by CPython; or times are none that
    /// one waits.</exception>
    internal Stats LeaveOutWaits() => Unit is ClockUnit.Seconds
        ? Regroup(BlockingWaits.LeftOut)
        : throw new InvalidOperationException("The profile has no times, so there are no waits to leave out.");

    Stats Regroup(Func<ProfileData, ProfileData> regroup)
    {
        recordings = [.. Recordings().Select(regroup)];
        table = new();
        foreach (var recording in recordings)
        {
            foreach (var row in FlatProfile.From(recording))
                table.Add(row);
        }
        ForgetOrder();
        ForgetTree();
        return GetTopLevelStats();
    }

    /// <summary>Restores file order.</summary>
    public Stats SortStats()
    {
        ForgetOrder();
        return this;
    }

    /// <summary>Sorts the rows by the first key, ties by the next. Rows equal in all keys stay in file order. Numbers sort
    /// in descending order, text in ascending order.</summary>
    public Stats SortStats(params SortKey[] keys)
    {
        if (keys.Length == 0)
            return SortStats();
        SortDescription = string.Join(", ", Array.ConvertAll(keys, key => SortOrder.Description(key, Unit)));
        sorted = SortOrder.Sort(table.Rows, keys);
        return this;
    }

    /// <summary>Sorts the rows by pstats key names, for example <c>cumulative</c>, <c>tottime</c> or
    /// <c>ncalls</c>; see <see cref="SortKey"/>. They can be abbreviated, as in pstats.</summary>
    /// <exception cref="ArgumentException">A name is not a sort key, or is ambiguous.</exception>
    public Stats SortStats(params string[] keys) => SortStats(Array.ConvertAll(keys, SortOrder.Parse));

    /// <summary>Sorts the rows by a legacy numeric key.</summary>
    /// <param name="key">-1 for the printed label, 0 for calls, 1 for the time, 2 for the cumulative time.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is any other number.</exception>
    public Stats SortStats(int key) => SortStats(key switch
    {
        -1 => SortKey.StandardName,
        0 => SortKey.Calls,
        1 => SortKey.Time,
        2 => SortKey.Cumulative,
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "A numeric sort key must be -1, 0, 1 or 2."),
    });

    /// <summary>Reverses the sort order; has no effect if the rows are not sorted.</summary>
    public Stats ReverseOrder()
    {
        if (sorted is not null)
            Array.Reverse(sorted);
        return this;
    }

    /// <summary>Recomputes the totals and the top level from the rows.</summary>
    public Stats GetTopLevelStats()
    {
        TotalCalls = 0;
        PrimitiveCalls = 0;
        TotalTime = 0;
        topLevel.Clear();
        foreach (var row in table.Rows)
        {
            TotalCalls += row.Calls;
            PrimitiveCalls += row.PrimitiveCalls;
            TotalTime += row.TotalTime;
            if (HasCaller(row, OldProfiler))
                topLevel.Add(row.Label);
        }
        return this;
    }

    /// <summary>The figures as printed, by method name.</summary>
    public StatsProfile GetStatsProfile()
    {
        var functions = new Dictionary<string, FunctionProfile>();
        foreach (var row in Rows)
            functions[row.Label.Name] = FunctionProfile.Of(row);
        return new StatsProfile(PythonText.Rounded(TotalTime), functions);
    }

    /// <summary>Writes the rows to a file that this class and pstats can load. An existing file is replaced.</summary>
    /// <remarks>If the statistics come from a single recording, its call trees are written as well.</remarks>
    /// <exception cref="EmptyProfileException">There are no rows.</exception>
    /// <exception cref="IOException">The file cannot be written; any existing file is left unchanged.</exception>
    public Stats DumpStats(string path)
    {
        StatsFile.Write(table.Rows, recordings.Count == 1 && !hasMereRows ? recordings[0] : null, path);
        return this;
    }

    /// <inheritdoc/>
    public IEnumerator<MethodStats> GetEnumerator() => Rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void Load(IEnumerable<MethodStats> rows, ProfileData? recording)
    {
        foreach (var row in rows)
            table.Add(row);
        if (recording is null)
        {
            hasMereRows = table.Count > 0;
        }
        else
        {
            recordings.Add(recording);
            Unit = recording.Unit;
        }
        GetTopLevelStats();
    }

    /// <summary>Adds a file that was read.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="file">What is in it.</param>
    /// <exception cref="ArgumentException">It has a different unit.</exception>
    internal void Add(string path, StatsFile file)
    {
        if (file.Plain is not { } plain || plain.HasCaller(OldProfiler))
        {
            AddOne(new Stats(path, file));
            return;
        }
        SetUnit(file.Unit, plain.Rows.Count);
        table.Add(plain);
        hasMereRows = true;
        files.Add(FileLine(path));
        var time = 0.0;
        for (var i = 0; i < plain.Rows.Count; i++)
        {
            var figures = plain.Rows[i].Figures;
            TotalCalls += figures.Calls;
            PrimitiveCalls += figures.PrimitiveCalls;
            time += figures.TotalTime;
        }
        TotalTime += time;
        ForgetOrder();
        ForgetTree();
    }

    void SetUnit(ClockUnit unit, int count)
    {
        if (Count == 0)
            Unit = unit;
        else if (count > 0 && unit != Unit)
            throw new ArgumentException($"A profile measured in {unit} cannot be added to one measured in {Unit}.");
    }

    void AddOne(Stats other)
    {
        SetUnit(other.Unit, other.Count);
        // Copies, because it may be this one.
        foreach (var row in other.table.Rows.ToArray())
            table.Add(row);
        files.AddRange(other.files.ToArray());
        damage.AddRange(other.damage.ToArray());
        recordings.AddRange(other.recordings.ToArray());
        hasMereRows |= other.hasMereRows;
        foreach (var label in other.topLevel.ToArray())
        {
            if (!topLevel.Contains(label))
                topLevel.Add(label);
        }
        TotalCalls += other.TotalCalls;
        PrimitiveCalls += other.PrimitiveCalls;
        TotalTime += other.TotalTime;
        ForgetOrder();
        ForgetTree();
    }

    void ForgetOrder()
    {
        sorted = null;
        SortDescription = null;
    }

    void ForgetTree()
    {
        callTree = null;
        threads = null;
    }

    static bool HasCaller(MethodStats row, MethodLabel label)
    {
        for (var i = 0; i < row.Callers.Count; i++)
        {
            if (row.Callers[i].Key == label)
                return true;
        }
        return false;
    }

    /// <summary>The file name after the last separator; that of Windows counts in absolute Windows paths.</summary>
    static MethodLabel StripDir(MethodLabel label)
    {
        var file = label.File;
        var isWindowsPath = file.StartsWith(@"\\", StringComparison.Ordinal)
            || file.Length > 2 && file[1] == ':' && file[2] is '\\' or '/';
        var separator = isWindowsPath ? file.LastIndexOfAny(['/', '\\']) : file.LastIndexOf('/');
        return separator < 0 ? label : label with { File = file.Substring(separator + 1) };
    }

    /// <summary>The time of the last change as C's ctime has it, and the path.</summary>
    static string FileLine(string path)
    {
        var changed = File.GetLastWriteTime(path);
        var day = changed.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2);
        return changed.ToString($"ddd MMM '{day}' HH:mm:ss yyyy", CultureInfo.InvariantCulture) + "    " + path;
    }
}
