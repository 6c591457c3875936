namespace ProfilerWeaver.Store;

/// <summary>The folder of a store: one folder a table, in it one a service, in it one a day. A file that says which format it has is
/// also the lock: who writes is alone, and readers wait meanwhile.</summary>
sealed class StoreFolder
{
    const string Marker = "profilerweaver.store";
    const string Format = "1";
    const string Journal = "compacting";
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    StoreFolder(string path) => Location = path;

    /// <summary>Where it is.</summary>
    public string Location { get; }

    /// <summary>A store that is there.</summary>
    /// <exception cref="StoreException">There is none, or one of a newer version.</exception>
    public static StoreFolder Open(string path)
    {
        var store = new StoreFolder(Path.GetFullPath(path));
        if (!File.Exists(store.MarkerFile))
            throw new StoreException($"{path} is not a store. dotnet prof-store add FILES --to {path} makes one.");
        return store;
    }

    /// <summary>A store, which is made if it is not there.</summary>
    /// <exception cref="StoreException">The folder has something else in it, or is a store of a newer version.</exception>
    public static StoreFolder OpenOrCreate(string path)
    {
        var store = new StoreFolder(Path.GetFullPath(path));
        var hasContent = File.Exists(store.Location) || (Directory.Exists(store.Location) && Directory.EnumerateFileSystemEntries(store.Location).Any());
        // Asked last: what is there may be what another process has just made.
        if (File.Exists(store.MarkerFile))
            return store;
        if (hasContent)
            throw new StoreException($"{path} is neither a store nor an empty folder. Choose another one for a new store.");
        Directory.CreateDirectory(store.Location);
        try
        {
            using var marker = new StreamWriter(new FileStream(store.MarkerFile, FileMode.CreateNew, FileAccess.Write));
            marker.Write(Format);
        }
        catch (IOException) when (File.Exists(store.MarkerFile))
        {
            // Another process was faster.
        }
        return store;
    }

    /// <summary>Waits until nobody reads or writes, and keeps all others out until it is disposed of.</summary>
    /// <exception cref="StoreException">That takes too long.</exception>
    public IDisposable LockToWrite() => Lock(FileAccess.ReadWrite, FileShare.None);

    /// <summary>Waits until nobody writes, and keeps it so until it is disposed of.</summary>
    /// <exception cref="StoreException">That takes too long.</exception>
    public IDisposable LockToRead() => Lock(FileAccess.Read, FileShare.Read);

    /// <summary>The folder of a table.</summary>
    public string FolderOf(string table) => Path.Combine(Location, table);

    /// <summary>All files of the tables, as a pattern of DuckDB.</summary>
    public string PatternOf(string table) => Path.Combine(Escaped(FolderOf(table)), "*", "*", "*.parquet");

    /// <summary>Whether files were being replaced when a process ended.</summary>
    public bool IsInterrupted => File.Exists(JournalFile);

    /// <summary>The folder with these files.</summary>
    public string InterruptedFolder => Path.Combine(Location, File.ReadAllText(JournalFile));

    /// <summary>Notes that the files of a folder are about to be replaced by one.</summary>
    public void BeginReplacing(string folder) =>
        AtomicFile.Write(JournalFile, stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(Path.GetRelativePath(Location, folder))));

    /// <summary>Notes that they have been replaced.</summary>
    public void EndReplacing() => File.Delete(JournalFile);

    string JournalFile => Path.Combine(Location, Journal);

    string MarkerFile => Path.Combine(Location, Marker);

    FileStream Lock(FileAccess access, FileShare share)
    {
        var end = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                var file = new FileStream(MarkerFile, FileMode.Open, access, share);
                CheckFormat(file);
                return file;
            }
            catch (IOException e) when (e is not (FileNotFoundException or DirectoryNotFoundException))
            {
                if (DateTime.UtcNow > end)
                    throw new StoreException($"{Location} is in use by another process for more than a minute. Try again when it has ended.", cause: e);
                Thread.Sleep(Pause);
            }
        }
    }

    void CheckFormat(FileStream file)
    {
        using var reader = new StreamReader(file, leaveOpen: true);
        var format = reader.ReadToEnd();
        // Whoever creates it may be about to write it.
        if (format is Format or "")
            return;
        file.Dispose();
        throw new StoreException($"{Location} is a store of format {Printable.Text(format)}; this version of dotnet prof-store knows format {Format}. Update it.");
    }

    static string Escaped(string path) => string.Concat(path.Select(unit => unit is '[' or '*' or '?' ? $"[{unit}]" : unit.ToString()));
}
