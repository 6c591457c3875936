namespace ProfilerWeaver.Tool;

/// <summary>Numbers that stand for names and states of files. Quick to compute and quick to load, which the hash functions
/// of the framework are not; they only tell what to look at, so a collision costs time and nothing else.</summary>
static class Fingerprint
{
    // FNV-1a, 64 bits.
    const ulong Basis = 14695981039346656037;
    const ulong Prime = 1099511628211;

    static readonly string[] InputEndings = [".dll", ".exe", ".pdb", ".deps.json", ".runtimeconfig.json"];

    public static ulong Of(string text)
    {
        var hash = Basis;
        foreach (var character in text)
            hash = Mix(hash, character);
        return hash;
    }

    /// <summary>The state of a folder: all names in it, and sizes and times of what weaving depends on.</summary>
    public static ulong OfFolder(string folder)
    {
        var sum = 0UL;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            var hash = Of(entry.Name);
            // Where links cannot be relied on, copies have to be renewed.
            if (entry is FileInfo file && (IsInput(file.Name) || OperatingSystem.IsWindows()))
                hash = Mix(Mix(hash, (ulong)file.Length), (ulong)file.LastWriteTimeUtc.Ticks);
            // The order in which a folder lists its files says nothing.
            sum += hash;
        }
        return sum;
    }

    /// <summary>Whether the woven copy depends on the content of a file of this name.</summary>
    public static bool IsInput(string name)
    {
        foreach (var ending in InputEndings)
        {
            if (name.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    static ulong Mix(ulong hash, ulong value) => (hash ^ value) * Prime;
}
