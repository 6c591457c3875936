namespace ProfilerWeaver;

/// <summary>The profiles that wait to be sent to one place: a file each, named by its id. Any number of processes add to it, and one at a
/// time sends from it. Neither its size nor the number of its files grows beyond limits.</summary>
/// <param name="folder">The folder.</param>
/// <param name="mostBytes">How much waits at most.</param>
sealed class SpoolFolder(string folder, long mostBytes)
{
    /// <summary>How many profiles wait at most.</summary>
    public const int MostItems = 10_000;

    const string Ending = ".push";
    const string Unfinished = ".tmp";
    const string LockFile = "lock";

    // Longer than writing one takes.
    static readonly TimeSpan AgeOfLeftover = TimeSpan.FromHours(1);

    // Of what was there when it was last looked at, and what was added since; others may have sent some.
    (long Bytes, int Items)? most;

    public string Location => folder;

    /// <summary>What to say when some were dropped.</summary>
    public string IsFullText => $"too many profiles wait in {folder} (more than {mostBytes >> 10} KiB, or {MostItems}): the oldest are dropped.";

    /// <summary>Adds one; if it is there already, nothing happens. The oldest are dropped until there is room.</summary>
    /// <returns>How many were dropped.</returns>
    /// <exception cref="IOException">It cannot be written.</exception>
    public int Add(PushItem item)
    {
        var path = Path.Combine(folder, item.Id + Ending);
        if (File.Exists(path))
            return 0;
        using var content = new MemoryStream();
        item.Write(content);
        if (content.Length > mostBytes)
            throw new IOException($"'{path}' could not be written: it takes {content.Length} bytes, more than may wait ({mostBytes}). Raise the limit.");
        var dropped = MakeRoom(content.Length);
        AtomicFile.Write(path, content.WriteTo);
        most = most is { } known ? (known.Bytes + content.Length, known.Items + 1) : null;
        return dropped;
    }

    /// <summary>The files that wait, the oldest first.</summary>
    public IReadOnlyList<string> List() => [.. Files().OrderBy(file => file.LastWriteTimeUtc).ThenBy(file => file.Name, StringComparer.Ordinal)
        .Select(file => file.FullName)];

    /// <summary>How many wait.</summary>
    public int Count => Files().Count();

    /// <summary>Keeps all other processes from sending until it is disposed of; null if one of them is sending.</summary>
    public IDisposable? TryLock()
    {
        try
        {
            // It stays: whoever locked a file that another one removes would be alone with it.
            return new FileStream(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (LiveFileAccess.IsInUse(e))
        {
            return null;
        }
    }

    /// <summary>Reads one that waits; null if it does not any longer.</summary>
    /// <exception cref="InvalidDataException">It is damaged.</exception>
    public static PushItem? Read(string file)
    {
        try
        {
            return PushItem.Read(File.ReadAllBytes(file));
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    int MakeRoom(long length)
    {
        if (most is { } upTo && upTo.Bytes + length <= mostBytes && upTo.Items < MostItems)
            return 0;
        RemoveLeftovers();
        var files = Files().OrderBy(file => file.LastWriteTimeUtc).ToList();
        var (bytes, dropped) = (files.Sum(file => file.Length), 0);
        while (dropped < files.Count && (bytes + length > mostBytes || files.Count - dropped >= MostItems))
        {
            bytes -= files[dropped].Length;
            File.Delete(files[dropped++].FullName);
        }
        most = (bytes, files.Count - dropped);
        return dropped;
    }

    // Of processes that were killed while they wrote.
    void RemoveLeftovers()
    {
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*" + Unfinished))
        {
            if (DateTime.UtcNow - file.LastWriteTimeUtc > AgeOfLeftover)
                file.Delete();
        }
    }

    // Another process may send one while they are listed.
    IEnumerable<FileInfo> Files() => new DirectoryInfo(folder).EnumerateFiles("*" + Ending).Where(file => file.Exists);
}
