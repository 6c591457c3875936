namespace ProfilerWeaver.Tool;

/// <summary>What is said of a live file that could not hold everything.</summary>
static class PartialProfile
{
    /// <summary>Warns if a live file has only a part of what was recorded.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static void Warn(string live)
    {
        if (LiveFileAccess.IsPartial(live))
            Tell(live);
    }

    /// <summary>Warns of a file that has only a part of what was recorded.</summary>
    public static void Tell(string file) =>
        Messages.WriteLine($"dotnet-prof: warning: {file} holds only part of the recording, because the disk was full or files " +
            "may not be larger (ulimit -f). Make room, and run the program again.");
}
