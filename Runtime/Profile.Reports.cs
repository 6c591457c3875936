namespace ProfilerWeaver;

public sealed partial class Profile
{
    /// <summary>Stops recording and prints the rows to the console, ordered by their printed labels, without
    /// folders.</summary>
    public void PrintStats() => PrintStats(SortKey.StandardName);

    /// <summary>Stops recording and prints the rows to the console, without folders.</summary>
    /// <param name="sort">What to order by, and what ties; none: the order of the first calls.</param>
    /// <exception cref="ArgumentOutOfRangeException">A key is none; recording goes on.</exception>
    public void PrintStats(params SortKey[] sort) => PrintChecked(ProfileReport.Check(sort));

    /// <summary>Stops recording and prints the rows to the console, without folders.</summary>
    /// <param name="sort">What to order by, and what ties, with the names of pstats: <c>cumulative</c>, <c>tottime</c>,
    /// <c>ncalls</c> and so on.</param>
    /// <exception cref="ArgumentException">A name is none of a key; recording goes on.</exception>
    public void PrintStats(params string[] sort) => PrintChecked(ProfileReport.Check(sort));

    /// <summary>Stops recording and writes the profile.</summary>
    /// <param name="path">The file, which CPython's pstats and <see cref="ProfFile"/> read. An existing file is replaced
    /// once the new one is complete.</param>
    /// <exception cref="EmptyProfileException">No recorded method was called.</exception>
    /// <exception cref="IOException">The file cannot be written; the profile still has what was recorded.</exception>
    public void DumpStats(string path) => ProfFile.Write(CreateStats(), path);

    /// <summary>What has been recorded so far, method by method, with what each one called. While recording, methods that
    /// have not ended yet are not counted, nor what they called.</summary>
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
