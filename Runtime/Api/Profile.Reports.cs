namespace ProfilerWeaver;

public sealed partial class Profile
{
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
}
