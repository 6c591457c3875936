namespace ProfilerWeaver;

/// <summary>The paths of profiles that cannot have the path that they are meant to have.</summary>
static class ProfilePath
{
    /// <summary>The path that a process takes when another one that still runs has <paramref name="path"/>.</summary>
    public static string OfThisProcess(string path) => OfProcess(path, ThisProcess.Id);

    /// <summary>As <see cref="OfThisProcess"/>, of another process.</summary>
    public static string OfProcess(string path, int processId) => With(path, $"-{processId}");

    /// <summary>A path that is free for the profile of a process that was killed when it had
    /// <paramref name="path"/>.</summary>
    public static string FreeFor(string path, int processId)
    {
        var number = 1;
        string free;
        do
            free = With(path, number == 1 ? $"-{processId}" : $"-{processId}-{number}");
        while (number++ < int.MaxValue && (File.Exists(free) || File.Exists(free + LiveFile.Suffix)));
        return free;
    }

    static string With(string path, string suffix) =>
        Path.Combine(Path.GetDirectoryName(path) ?? "", Stem(path) + suffix + Path.GetExtension(path));

    /// <summary>What the names begin with that processes take in the place of <paramref name="path"/>.</summary>
    public static string BeginningOfOthers(string path) => Stem(path) + "-";

    // Cut where the number of a process, and the live file's suffix, would make the name too long.
    static string Stem(string path)
    {
        const int longestSuffix = 16;
        return AtomicFile.Stem(path, longestSuffix + LiveFile.Suffix.Length + AtomicFile.LengthOfName(Path.GetExtension(path)));
    }
}
