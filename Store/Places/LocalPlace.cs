namespace ProfilerWeaver.Store;

/// <summary>A folder.</summary>
sealed class LocalPlace(string path) : IStorePlace
{
    const string LockFile = "profilerweaver.lock";
    const string Unfinished = ".tmp";
    static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    readonly string root = Path.GetFullPath(path);

    public string Location => path;

    public TimeSpan LongestAddition => TimeSpan.FromDays(1);

    public Task<bool> IsEmpty() => Task.FromResult(!File.Exists(root)
        && (!Directory.Exists(root) || Directory.EnumerateFileSystemEntries(root).All(entry => IsOfNewStore(Path.GetFileName(entry)))));

    public async Task<VersionedText?> Read(string key)
    {
        try
        {
            // What is replaced meanwhile stays whole in a file that is open.
            var text = await File.ReadAllTextAsync(PathOf(key));
            return new(text, text);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    public async Task<string?> TryReplace(string key, string text, string? version)
    {
        Directory.CreateDirectory(root);
        using var alone = await Lock();
        if ((await Read(key))?.Version != version)
            return null;
        AtomicFile.Write(PathOf(key), stream => stream.Write(System.Text.Encoding.UTF8.GetBytes(text)));
        return text;
    }

    public string Draft(string key)
    {
        var file = PathOf(key);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return file + Unfinished;
    }

    public Task Put(string key)
    {
        // The manifest that names it must not outlive it when the power fails.
        using (var file = new FileStream(PathOf(key) + Unfinished, FileMode.Open, FileAccess.ReadWrite))
            file.Flush(flushToDisk: true);
        File.Move(PathOf(key) + Unfinished, PathOf(key));
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> Delete(IEnumerable<string> keys)
    {
        var gone = new List<string>();
        foreach (var key in keys)
        {
            try
            {
                File.Delete(PathOf(key));
            }
            catch (DirectoryNotFoundException)
            {
                // So is the file.
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                // Windows deletes nothing that is being read.
                continue;
            }
            gone.Add(key);
        }
        foreach (var folder in gone.Select(key => Path.GetDirectoryName(PathOf(key))!).Distinct())
            DeleteEmpty(folder);
        return Task.FromResult<IReadOnlyList<string>>(gone);
    }

    public Task<string[]> Fetch(IReadOnlyList<KeyValuePair<string, long>> files) => Task.FromResult(files.Select(file => PathOf(file.Key))
        .Select(file => File.Exists(file) ? file : throw new FileNotFoundException($"{file} is not there.")).ToArray());

    public async IAsyncEnumerable<KeyValuePair<string, DateTime>> List(string folder)
    {
        if (!Directory.Exists(PathOf(folder)))
            yield break;
        foreach (var file in Directory.EnumerateFiles(PathOf(folder), "*", SearchOption.AllDirectories))
            yield return new(Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'), File.GetLastWriteTimeUtc(file));
        await Task.CompletedTask;
    }

    public void Dispose()
    {
    }

    // Another process may be making it: the lock, and the manifest under a name that is not its own yet.
    static bool IsOfNewStore(string name) => name is LockFile or Manifest.Key
        || (name.StartsWith(Path.GetFileNameWithoutExtension(Manifest.Key), StringComparison.Ordinal) && name.EndsWith(Unfinished, StringComparison.Ordinal));

    string PathOf(string key) => Path.Combine(root, key.Replace('/', Path.DirectorySeparatorChar));

    // Of a day without profiles, and of a service without days.
    void DeleteEmpty(string folder)
    {
        try
        {
            for (var parent = folder; parent.Length > root.Length && !Directory.EnumerateFileSystemEntries(parent).Any(); parent = Path.GetDirectoryName(parent)!)
                Directory.Delete(parent);
        }
        catch (IOException)
        {
            // Somebody adds to it, or has deleted it.
        }
    }

    // Held for a moment only. A file of its own, since the manifest becomes another file each time.
    async Task<FileStream> Lock()
    {
        var end = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                return new(Path.Combine(root, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException e) when (e is not DirectoryNotFoundException)
            {
                if (DateTime.UtcNow > end)
                    throw new StoreException($"{Location} is in use by another process for more than a minute. Try again when it has ended.", cause: e);
                await Task.Delay(Pause);
            }
        }
    }
}
