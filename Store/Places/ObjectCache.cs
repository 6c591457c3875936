namespace ProfilerWeaver.Store;

/// <summary>Copies of objects on this machine. Objects never change and no two have the same name, so that a file with the size that
/// the manifest says is the object.</summary>
sealed class ObjectCache : IDisposable
{
    /// <summary>The variable that names another folder.</summary>
    const string Variable = "DOTNET_PROF_STORE_CACHE";

    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    readonly string root;
    readonly string folder;
    readonly long limit;

    // Whoever reads has it open, and files are deleted only when nobody has.
    FileStream? inUse;

    ObjectCache(string root, string name, long limit)
    {
        (this.root, this.limit) = (root, limit);
        folder = Path.Combine(root, name);
    }

    /// <summary>That of a place.</summary>
    /// <param name="name">What it is called here.</param>
    /// <param name="limit">How many bytes all places may have together.</param>
    public static ObjectCache Open(string name, long limit) => new(
        Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } chosen ? Path.GetFullPath(chosen) : Path.Combine(OfUser(), "dotnet-prof-store"), name, limit);

    /// <summary>Makes room for some objects: those that were not asked for the longest time go.</summary>
    /// <param name="files">Their keys and sizes.</param>
    /// <param name="location">Where they are.</param>
    /// <returns>Where they will be. Those of the time before may go.</returns>
    /// <exception cref="StoreException">They are too large.</exception>
    public string[] Reserve(IReadOnlyList<KeyValuePair<string, long>> files, string location)
    {
        var wanted = files.Sum(file => file.Value);
        if (wanted > limit)
        {
            throw new StoreException($"this needs {AutoUnits.Bytes(wanted)} of {location}, and the cache may take {AutoUnits.Bytes(limit)}: choose less by --where service=NAME or day=DAY, " +
                "or give it more by --cache SIZE.");
        }
        CreatePrivate(root);
        inUse?.Dispose();
        Evict(limit - wanted, files.Select(PathOf).ToHashSet());
        inUse = Use();
        foreach (var file in files.Where(Has))
            File.SetLastWriteTimeUtc(PathOf(file), DateTime.UtcNow);
        return [.. files.Select(PathOf)];
    }

    /// <summary>Whether an object is there, whole.</summary>
    public bool Has(KeyValuePair<string, long> file) => new FileInfo(PathOf(file)) is { Exists: true } found && found.Length == file.Value;

    /// <summary>Writes an object.</summary>
    /// <param name="file">Its key and size.</param>
    /// <param name="content">What is in it.</param>
    /// <param name="location">Where it comes from.</param>
    /// <exception cref="StoreException">It is not of that size.</exception>
    public async Task Write(KeyValuePair<string, long> file, Stream content, string location)
    {
        var path = PathOf(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = $"{path}.{Guid.NewGuid():n}.tmp";
        try
        {
            long size;
            await using (var stream = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write))
            {
                await content.CopyToAsync(stream);
                size = stream.Length;
            }
            if (size != file.Value)
                throw new StoreException($"{location} has {size} bytes instead of {file.Value}. Try again; if that does not help, it is damaged.");
            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    }

    public void Dispose() => inUse?.Dispose();

    string LockFile => Path.Combine(root, "lock");

    string PathOf(KeyValuePair<string, long> file) => Path.Combine(folder, file.Key.Replace('/', Path.DirectorySeparatorChar));

    void Evict(long most, HashSet<string> kept)
    {
        var others = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories).Where(file => file != LockFile && !kept.Contains(file))
            .Select(file => new FileInfo(file)).Where(file => file.Exists).OrderBy(file => file.LastWriteTimeUtc).ToList();
        var size = others.Sum(file => file.Length);
        if (size <= most)
            return;
        try
        {
            using var alone = new FileStream(LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            foreach (var file in others.TakeWhile(_ => size > most))
            {
                size -= file.Length;
                file.Delete();
            }
        }
        catch (IOException)
        {
            // Others are reading: who comes next makes room.
        }
    }

    FileStream Use()
    {
        while (true)
        {
            try
            {
                return new(LockFile, FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
            }
            catch (IOException) when (File.Exists(LockFile))
            {
                // Another process is making room.
                Thread.Sleep(Pause);
            }
        }
    }

    static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    static string OfUser() => OperatingSystem.IsWindows()
        ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
        : Environment.GetEnvironmentVariable("XDG_CACHE_HOME") is { Length: > 0 } folder ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache");
}
