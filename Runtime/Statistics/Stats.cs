using System.Collections;
using System.Globalization;

namespace ProfilerWeaver;

/// <summary>
/// Reports from profiles, with the operations and the very text of Python's <c>pstats</c>.
/// Operations that change it return it, so they can be chained:
/// <c>new Stats("app.prof").StripDirs().SortStats("cumulative").PrintStats(20)</c>.
/// </summary>
/// <remarks>Enumerating gives the rows in their current order. Not safe for concurrent use.</remarks>
public sealed class Stats : IEnumerable<MethodStats>
{
    static readonly MethodLabel OldProfiler = new("jprofile", 0, "profiler");

    readonly List<string> files = [];
    readonly List<MethodLabel> topLevel = [];
    StatsTable table = new();
    MethodStats[]? sorted;
    TextWriter? chosenOutput;

    /// <summary>Reads profiles of ours, of cProfile or of pstats and adds them up.</summary>
    /// <param name="paths">The files; none makes empty statistics.</param>
    /// <exception cref="InvalidProfileException">A file is no profile, or is damaged.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public Stats(params string[] paths)
    {
        if (paths.Length == 0)
            return;
        Load(ProfFile.ReadRows(paths[0]));
        files.Add(FileLine(paths[0]));
        // As in pstats, the others are added from the last to the second.
        for (var i = paths.Length - 1; i > 0; i--)
            Add(new Stats(paths[i]));
    }

    /// <summary>Takes the rows of a recording.</summary>
    public Stats(ProfileData profile)
        : this(FlatProfile.From(profile))
    {
    }

    /// <summary>Takes rows as they are; rows with equal labels are added up.</summary>
    /// <param name="rows">The rows, or other statistics, of which the files and totals are taken as well.</param>
    public Stats(IEnumerable<MethodStats> rows)
    {
        if (rows is Stats other)
            AddOne(other);
        else
            Load(rows);
    }

    /// <summary>Where tables are printed unless told otherwise; the console at first.</summary>
    public TextWriter Output
    {
        get => chosenOutput ?? Console.Out;
        set => chosenOutput = value;
    }

    /// <summary>The files, each after the time of its last change, as pstats prints them.</summary>
    public IReadOnlyList<string> Files => files;

    /// <summary>The calls of all methods.</summary>
    public long TotalCalls { get; private set; }

    /// <summary>The primitive calls of all methods.</summary>
    public long PrimitiveCalls { get; private set; }

    /// <summary>The time of all methods, each without its callees, in seconds.</summary>
    public double TotalTime { get; private set; }

    /// <summary>The methods that the pure Python profiler called first; empty in other profiles.</summary>
    public IReadOnlyList<MethodLabel> TopLevel => topLevel;

    /// <summary>What the rows are ordered by, as it is printed; null if they are in the order of the file.</summary>
    public string? SortDescription { get; private set; }

    /// <summary>The number of rows.</summary>
    public int Count => table.Rows.Count;

    internal IReadOnlyList<MethodStats> Rows => sorted ?? table.Rows;

    internal IReadOnlyList<MethodStats> RowsInFileOrder => table.Rows;

    /// <summary>The row of a method.</summary>
    /// <param name="name">Its name, or enough of its end to tell it from others: <c>Repository.Load</c> for
    /// <c>Shop.Repository.Load</c>. The label as it is printed will do, too.</param>
    /// <exception cref="KeyNotFoundException">There is no such method, or more than one.</exception>
    public MethodStats this[string name] => NameLookup.Find(table.Rows, name);

    /// <summary>The row with this label.</summary>
    /// <exception cref="KeyNotFoundException">There is none.</exception>
    public MethodStats this[MethodLabel label] =>
        Find(label) ?? throw new KeyNotFoundException($"The profile has no method '{label}'.");

    /// <summary>The row with this label, or null if there is none.</summary>
    public MethodStats? Find(MethodLabel label) => table.Find(label);

    /// <summary>Adds other profiles: the figures of methods with equal labels are summed up.</summary>
    /// <param name="paths">Files, which are added from the last to the first, as in pstats.</param>
    /// <exception cref="InvalidProfileException">A file is no profile, or is damaged.</exception>
    /// <exception cref="IOException">A file cannot be opened.</exception>
    public Stats Add(params string[] paths) => Add(Array.ConvertAll(paths, path => new Stats(path)));

    /// <summary>Adds a recording: the figures of methods with equal labels are summed up.</summary>
    public Stats Add(ProfileData profile) => Add(new Stats(profile));

    /// <summary>Adds other statistics: the figures of methods with equal labels are summed up.</summary>
    /// <param name="others">They stay as they are, and are added from the last to the first, as in pstats.</param>
    public Stats Add(params Stats[] others)
    {
        for (var i = others.Length - 1; i >= 0; i--)
            AddOne(others[i]);
        return this;
    }

    /// <summary>Takes the folders off the file names. Methods and callers that become equal are summed up.</summary>
    public Stats StripDirs()
    {
        table = table.Rename(StripDir);
        sorted = null;
        SortDescription = null;
        for (var i = 0; i < topLevel.Count; i++)
            topLevel[i] = StripDir(topLevel[i]);
        return this;
    }

    /// <summary>Goes back to the order of the file.</summary>
    public Stats SortStats()
    {
        sorted = null;
        SortDescription = null;
        return this;
    }

    /// <summary>Orders the rows by the first key, ties by the next one. What is equal in all keys keeps the order of
    /// the file. Numbers are ordered from the largest, text from the smallest.</summary>
    public Stats SortStats(params SortKey[] keys)
    {
        if (keys.Length == 0)
            return SortStats();
        SortDescription = string.Join(", ", Array.ConvertAll(keys, SortOrder.Description));
        sorted = SortOrder.Sort(table.Rows, keys);
        return this;
    }

    /// <summary>Orders the rows by keys with the names of pstats, for example <c>cumulative</c>, <c>tottime</c> or
    /// <c>ncalls</c>; see <see cref="SortKey"/>. They can be abbreviated as in pstats.</summary>
    /// <exception cref="ArgumentException">A name is none of a key, or the beginning of several.</exception>
    public Stats SortStats(params string[] keys) => SortStats(Array.ConvertAll(keys, SortOrder.Parse));

    /// <summary>Orders the rows by one of the numbers of old profilers.</summary>
    /// <param name="key">-1 for the printed label, 0 for calls, 1 for the time, 2 for the cumulative time.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is another number.</exception>
    public Stats SortStats(int key) => SortStats(key switch
    {
        -1 => SortKey.StandardName,
        0 => SortKey.Calls,
        1 => SortKey.Time,
        2 => SortKey.Cumulative,
        _ => throw new ArgumentOutOfRangeException(nameof(key), key, "A sort key as a number is -1, 0, 1 or 2."),
    });

    /// <summary>Reverses the order that <see cref="SortStats(SortKey[])"/> made; without one nothing happens.</summary>
    public Stats ReverseOrder()
    {
        if (sorted is not null)
            Array.Reverse(sorted);
        return this;
    }

    /// <summary>Sums up the totals and finds the top level anew from the rows.</summary>
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

    /// <summary>Prints the rows to <see cref="Output"/>.</summary>
    /// <param name="restrictions">What limits them: numbers, fractions, regular expressions.</param>
    public Stats PrintStats(params Restriction[] restrictions) => PrintStats(Output, restrictions);

    /// <summary>Prints the rows.</summary>
    /// <param name="output">Where to; it stays open.</param>
    /// <param name="restrictions">What limits them: numbers, fractions, regular expressions.</param>
    public Stats PrintStats(TextWriter output, params Restriction[] restrictions)
    {
        new StatsPrinter(this, output, restrictions).PrintStats();
        return this;
    }

    /// <summary>Prints to <see cref="Output"/> by whom each method was called.</summary>
    /// <inheritdoc cref="PrintStats(Restriction[])" path="/param"/>
    public Stats PrintCallers(params Restriction[] restrictions) => PrintCallers(Output, restrictions);

    /// <summary>Prints by whom each method was called.</summary>
    /// <inheritdoc cref="PrintStats(TextWriter, Restriction[])" path="/param"/>
    public Stats PrintCallers(TextWriter output, params Restriction[] restrictions)
    {
        new StatsPrinter(this, output, restrictions).PrintCallers();
        return this;
    }

    /// <summary>Prints to <see cref="Output"/> what each method called.</summary>
    /// <inheritdoc cref="PrintStats(Restriction[])" path="/param"/>
    public Stats PrintCallees(params Restriction[] restrictions) => PrintCallees(Output, restrictions);

    /// <summary>Prints what each method called.</summary>
    /// <inheritdoc cref="PrintStats(TextWriter, Restriction[])" path="/param"/>
    public Stats PrintCallees(TextWriter output, params Restriction[] restrictions)
    {
        new StatsPrinter(this, output, restrictions).PrintCallees();
        return this;
    }

    /// <summary>The figures as they are printed, by method name.</summary>
    public StatsProfile GetStatsProfile()
    {
        var functions = new Dictionary<string, FunctionProfile>();
        foreach (var row in Rows)
            functions[row.Label.Name] = FunctionProfile.Of(row);
        return new StatsProfile(PythonText.Rounded(TotalTime), functions);
    }

    /// <summary>Writes the rows to a file for this class and pstats to load. A file that exists is replaced.</summary>
    /// <exception cref="EmptyProfileException">There are no rows.</exception>
    /// <exception cref="IOException">The file cannot be written; what was there before is still there.</exception>
    public Stats DumpStats(string path)
    {
        ProfFile.WriteRows(table.Rows, path);
        return this;
    }

    /// <inheritdoc/>
    public IEnumerator<MethodStats> GetEnumerator() => Rows.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    void Load(IEnumerable<MethodStats> rows)
    {
        foreach (var row in rows)
            table.Add(row);
        GetTopLevelStats();
    }

    void AddOne(Stats other)
    {
        // Copies, because it may be this one.
        foreach (var row in other.table.Rows.ToArray())
            table.Add(row);
        files.AddRange(other.files.ToArray());
        foreach (var label in other.topLevel.ToArray())
        {
            if (!topLevel.Contains(label))
                topLevel.Add(label);
        }
        TotalCalls += other.TotalCalls;
        PrimitiveCalls += other.PrimitiveCalls;
        TotalTime += other.TotalTime;
        sorted = null;
        SortDescription = null;
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
