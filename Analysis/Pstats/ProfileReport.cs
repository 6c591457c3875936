namespace ProfilerWeaver;

/// <summary>Where the report of a run goes and how it is ordered. What is wrong with it is said before the run.</summary>
sealed class ProfileReport
{
    readonly string? path;
    readonly SortKey[] sort;

    /// <param name="fileName">The file to write; null to print the report. The program may change its directory during
    /// the run.</param>
    /// <param name="sort">Checked keys (<see cref="Check(SortKey[])"/>), for the printed report.</param>
    /// <exception cref="ArgumentException">The file name is empty.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public ProfileReport(string? fileName, SortKey[] sort)
    {
        this.sort = sort;
        if (fileName is null)
            return;
        path = Path.GetFullPath(fileName);
        AtomicFile.Check(path);
    }

    /// <exception cref="ArgumentOutOfRangeException">A key is none.</exception>
    public static SortKey[] Check(SortKey[] sort)
    {
        foreach (var key in sort)
            SortOrder.Description(key);
        return sort;
    }

    /// <exception cref="ArgumentException">A name is none of a key.</exception>
    public static SortKey[] Check(string[] sort) => Array.ConvertAll(sort, SortOrder.Parse);

    /// <summary>Ends the profile and prints its rows to the console, without directories.</summary>
    public static void Print(Profile profile, SortKey[] sort) =>
        new Stats(profile.CreateStats()).StripDirs().SortStats(sort).PrintStats();

    /// <summary>Ends the profile and reports it.</summary>
    public void Make(Profile profile)
    {
        if (path is null)
            Print(profile, sort);
        else
            profile.DumpStats(path);
    }
}
