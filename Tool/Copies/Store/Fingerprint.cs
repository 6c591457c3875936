namespace ProfilerWeaver.Tool;

/// <summary>Numbers that stand for names and states of files. Quick to compute and quick to load, which the hash functions
/// of the framework are not; they only tell what to look at, so a collision costs time and nothing else.</summary>
static class Fingerprint
{
    // FNV-1a, 64 bits.
    const ulong Basis = 14695981039346656037;
    const ulong Prime = 1099511628211;

    const string PlatformAssets = "runtimes";

    static readonly string[] InputEndings = [".dll", ".exe", ".pdb", ".deps.json", ".runtimeconfig.json"];

    public static ulong Of(string text)
    {
        var hash = Basis;
        foreach (var character in text)
            hash = Mix(hash, character);
        return hash;
    }

    /// <summary>The state of a folder: all names in it, and sizes and times of what weaving depends on.</summary>
    public static ulong OfFolder(string folder) => OfFolder(folder, isPlatform: false);

    static ulong OfFolder(string folder, bool isPlatform)
    {
        var sum = 0UL;
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            var hash = Of(entry.Name);
            if (entry is FileInfo named && IsInput(named.Name))
            {
                // A link stays the same when what it leads to changes.
                var file = (named.Attributes & FileAttributes.ReparsePoint) != 0
                    ? named.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? named
                    : named;
                if (file.Exists)
                    hash = Mix(Mix(hash, (ulong)file.Length), (ulong)file.LastWriteTimeUtc.Ticks);
            }
            // Assemblies for one platform lie below it.
            else if (entry is DirectoryInfo && (entry.Name == PlatformAssets || isPlatform))
                hash = Mix(hash, OfFolder(entry.FullName, isPlatform: true));
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
