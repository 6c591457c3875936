namespace ProfilerWeaver.Tool;

/// <summary>What is said of a live file that could not hold everything.</summary>
static class PartialProfile
{
    /// <summary>Warns if a live file has only a part of what was recorded.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public static void Warn(string live)
    {
        if (LiveFileAccess.IsPartial(live))
        {
            Messages.WriteLine($"dotnet-prof: warning: {live} holds only part of the recording, because the disk was full or files " +
                "may not be larger (ulimit -f). Make room, and run the program again.");
        }
    }
}
