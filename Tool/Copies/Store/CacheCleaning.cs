namespace ProfilerWeaver.Tool;

/// <summary>Removes copies from the cache.</summary>
static class CacheCleaning
{
    /// <summary>How large the cache may become before the copies that were not used for the longest time are removed, in
    /// bytes.</summary>
    public const long DefaultSize = 2L << 30;

    static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);

    /// <summary>Removes what nobody has run in a month, and of the rest, the oldest first, what is more than a size. Copies
    /// in use stay.</summary>
    /// <param name="most">The size, in bytes.</param>
    public static CleaningResult Clean(CacheFolder cache, long most)
    {
        var result = new CleaningResult();
        var oldest = DateTime.UtcNow - Lifetime;
        var kept = 0L;
        foreach (var copy in StoredCopy.AllIn(cache.Copies).OrderByDescending(copy => copy.LastUsed))
        {
            var isWanted = copy.Program is not null && copy.LastUsed >= oldest && kept + copy.Size <= most;
            if (isWanted || !StoredCopy.TryRemove(copy.Folder))
            {
                kept += copy.Size;
                result.InUse += isWanted ? 0 : 1;
            }
            else
            {
                result.Removed++;
                result.Freed += copy.Size;
            }
        }
        RemoveEntriesOfNothing(cache);
        return result;
    }

    static void RemoveEntriesOfNothing(CacheFolder cache)
    {
        foreach (var file in new DirectoryInfo(cache.Index).EnumerateFiles())
        {
            // One with an ending is being written, or its writer was killed.
            var isUsed = file.Extension.Length > 0
                ? file.LastWriteTimeUtc > DateTime.UtcNow - TimeSpan.FromMinutes(1)
                : IndexEntry.Read(file.FullName) is { } entry && Directory.Exists(Path.Combine(cache.Copies, entry.Copy));
            if (!isUsed)
                file.Delete();
        }
    }
}

/// <summary>What became of the copies.</summary>
sealed class CleaningResult
{
    public int Removed { get; set; }

    /// <summary>How many were to be removed, but are in use.</summary>
    public int InUse { get; set; }

    /// <summary>The space that there is again, in bytes.</summary>
    public long Freed { get; set; }
}
