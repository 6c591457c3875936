using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary>The woven copies of programs, one for each content and setting. A second run of the same program finds its
/// copy by the times and sizes of the program's files, and weaves nothing.</summary>
static class CopyCache
{
    const int Attempts = 3;

    /// <summary>The woven copy of a program; made, if there is none yet.</summary>
    /// <exception cref="ToolException">It cannot be made.</exception>
    public static CachedCopy Get(TargetProgram program, WeavingChoice weaving)
    {
        var cache = CacheFolder.Open();
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var stamp = StampOf(program);
            if (Find(program, weaving, cache, stamp) is { } known)
                return known;
            try
            {
                if (FindOrMake(program, weaving, cache) is { } copy)
                {
                    new IndexEntry(IdentityOf(program, weaving), stamp, copy.Name).Write(IndexFile(cache, program, weaving));
                    return new(program, copy);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException or UnsafeFolderException)
            {
                throw CacheFolder.Trouble(Path.GetDirectoryName(cache.Copies)!, e);
            }
        }
        throw new ToolException($"{program.Folder} was changed while {program.Name} was being woven. Wait until it is built.");
    }

    /// <summary>The same, if there is one; null: there is none.</summary>
    public static CachedCopy? Find(TargetProgram program, WeavingChoice weaving) =>
        Find(program, weaving, CacheFolder.Open(), StampOf(program));

    /// <summary>Where the cache has what it knows of a program.</summary>
    public static string IndexFile(CacheFolder cache, TargetProgram program, WeavingChoice weaving) =>
        Path.Combine(cache.Index, Fingerprint.Of(IdentityOf(program, weaving)).ToString("x16", CultureInfo.InvariantCulture));

    static CachedCopy? Find(TargetProgram program, WeavingChoice weaving, CacheFolder cache, string stamp) =>
        IndexEntry.Read(IndexFile(cache, program, weaving)) is { } entry && entry.Identity == IdentityOf(program, weaving) && entry.Stamp == stamp
        && StoredCopy.Take(Path.Combine(cache.Copies, entry.Copy)) is { } known
            ? new(program, known)
            : null;

    static string IdentityOf(TargetProgram program, WeavingChoice weaving) => program.Assembly + "|" + weaving + "|" + ToolStamp();

    static string StampOf(TargetProgram program) => Fingerprint.OfFolder(program.Folder).ToString("x16", CultureInfo.InvariantCulture);

    // Null if the program was changed meanwhile, or somebody has removed the copy at once.
    static StoredCopy? FindOrMake(TargetProgram program, WeavingChoice weaving, CacheFolder cache)
    {
        var settings = weaving.ToString();
        var dependencies = DependencyFile.Read(Path.Combine(program.Folder, program.Name + ".deps.json"));
        var choice = AssemblyChoice.Of(program, dependencies, weaving.Assemblies);
        var key = KeyOf(program, settings, choice);
        var folder = Path.Combine(cache.Copies, $"{PlainName(program)}-{key}");
        for (var other = 1; ; other++)
        {
            if (StoredCopy.Take(folder) is { } copy)
                return copy;
            if (!Directory.Exists(folder) || StoredCopy.TryRemove(folder))
                break;
            // It is damaged, and somebody runs it all the same.
            folder = Path.Combine(cache.Copies, $"{PlainName(program)}-{key}-{other}");
        }
        Cryptography.Require();
        MakeRoom(cache);
        return StoredCopy.Make(folder, Fill) ? StoredCopy.Take(folder) : null;

        CopyManifest? Fill(string target)
        {
            var copy = new WovenCopy(program, target, StoredCopy.ProgramFolderIn(folder), weaving.ToSettings());
            copy.Make(choice, dependencies, weaving.IsPrecompiled);
            return KeyOf(program, settings, choice) == key
                ? CopyManifest.Of(program, target, copy.LostMachineCode, [.. choice.Notes, .. copy.Notes])
                : null;
        }
    }

    // Not too long with what is appended, and with no character that the host of .NET takes for a separator.
    static string PlainName(TargetProgram program) => string.Concat(program.Name.Take(64)
        .Select(character => char.IsLetterOrDigit(character) || character is '.' or '-' or ' ' ? character : '_'));

    static void MakeRoom(CacheFolder cache)
    {
        try
        {
            CacheCleaning.Clean(cache, CacheCleaning.DefaultSize);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Somebody else cleans up as well.
        }
    }

    // Another weaver weaves otherwise.
    static string ToolStamp()
    {
        var weaver = new FileInfo(Path.Combine(ManagedTool.Folder, "ProfilerWeaver.Fody.dll"));
        var runtime = new FileInfo(RuntimeLibrary.OfThisMachine);
        return Stamp(weaver) + ":" + Stamp(runtime);

        static string Stamp(FileInfo file) => Text(file.LastWriteTimeUtc.Ticks) + ":" + Text(file.Length);
    }

    // Not by interpolation, which takes its buffers from a pool: for the pool's sake .NET would find out first how fast
    // the processor tells its number, a quarter of a millisecond of each start.
    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    static string KeyOf(TargetProgram program, string settings, AssemblyChoice choice)
    {
        try
        {
            return ContentKey(program, settings, choice);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ToolException($"{program.Name} cannot be read: {e.Message} Build it again, or let it be read.", cause: e);
        }
    }

    static string ContentKey(TargetProgram program, string settings, AssemblyChoice choice)
    {
        var hash = new ContentHash();
        hash.Add($"{program.Folder}|{settings}|{ToolStamp()}");
        // What is not woven is looked at too: references are followed into it.
        var files = Directory.GetFiles(program.Folder)
            .Where(file => Fingerprint.IsInput(Path.GetFileName(file)))
            .Union(choice.Paths.Select(path => Path.Combine(program.Folder, path)))
            .Order(StringComparer.Ordinal);
        foreach (var file in files)
        {
            hash.Add(file);
            hash.AddFile(file);
        }
        return hash.ToString();
    }
}
