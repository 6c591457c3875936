namespace ProfilerWeaver;

/// <summary>Prints what a <see cref="Profile"/> recorded, as cProfile's <c>Profile.print_stats</c> does.</summary>
public static class ProfilePrinting
{
    /// <summary>Stops recording and prints the rows to the console, sorted by their printed labels, without
    /// directories.</summary>
    public static void PrintStats(this Profile profile) => profile.PrintStats(SortKey.StandardName);

    /// <summary>Stops recording and prints the rows to the console, without directories.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="sort">The sort keys, most significant first; if empty, rows are in the order of their first
    /// call.</param>
    /// <exception cref="ArgumentOutOfRangeException">A key is not valid; recording continues.</exception>
    public static void PrintStats(this Profile profile, params SortKey[] sort) => ProfileReport.Print(profile, ProfileReport.Check(sort));

    /// <summary>Stops recording and prints the rows to the console, without directories.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="sort">The sort keys, most significant first, by their pstats names: <c>cumulative</c>, <c>tottime</c>,
    /// <c>ncalls</c> and so on.</param>
    /// <exception cref="ArgumentException">A name is not a sort key; recording continues.</exception>
    public static void PrintStats(this Profile profile, params string[] sort) => ProfileReport.Print(profile, ProfileReport.Check(sort));
}
