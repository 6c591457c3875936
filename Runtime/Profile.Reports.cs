namespace ProfilerWeaver;

public sealed partial class Profile
{
    /// <summary>Stops recording and prints the rows to the console, sorted by their printed labels, without
    /// directories.</summary>
    public void PrintStats() => PrintStats(SortKey.StandardName);

    /// <summary>Stops recording and prints the rows to the console, without directories.</summary>
    /// <param name="sort">The sort keys, most significant first; if empty, rows are in the order of their first
    /// call.</param>
    /// <exception cref="ArgumentOutOfRangeException">A key is not valid; recording continues.</exception>
    public void PrintStats(params SortKey[] sort) => PrintChecked(ProfileReport.Check(sort));

    /// <summary>Stops recording and prints the rows to the console, without directories.</summary>
    /// <param name="sort">The sort keys, most significant first, by their pstats names: <c>cumulative</c>, <c>tottime</c>,
    /// <c>ncalls</c> and so on.</param>
    /// <exception cref="ArgumentException">A name is not a sort key; recording continues.</exception>
    public void PrintStats(params string[] sort) => PrintChecked(ProfileReport.Check(sort));

    /// <summary>Stops recording and writes the profile.</summary>
    /// <param name="path">The file, which CPython's pstats and <see cref="ProfFile"/> read. An existing file is replaced
    /// once the new one is complete.</param>
    /// <exception cref="EmptyProfileException">No recorded method was called.</exception>
    /// <exception cref="IOException">The file cannot be written; the profile keeps its data.</exception>
    public void DumpStats(string path) => ProfFile.Write(CreateStats(), path);

    /// <summary>Returns what has been recorded so far, by method, with the callees of each. While recording, methods that
    /// are still running are not counted, nor are their callees.</summary>
    public IReadOnlyList<ProfileEntry> GetStats()
    {
        var rows = FlatProfile.From(SnapshotStats().Compensated());
        var callees = Callees.Of(rows);
        var entries = new ProfileEntry[rows.Count];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = ProfileEntry.Of(rows[i], callees.TryGetValue(rows[i].Label, out var called) ? called : []);
        return entries;
    }

    void PrintChecked(SortKey[] sort) => new Stats(CreateStats()).StripDirs().SortStats(sort).PrintStats();
}
