namespace ProfilerWeaver.Store;

/// <summary>Makes few large segments of many small ones. The new one takes the place of the others in the manifest before any of their
/// files are deleted, so that no reader sees a row twice or misses one.</summary>
/// <param name="store">The store.</param>
/// <param name="memory">How much memory sorting may take.</param>
sealed class Compaction(ProfileStore store, long memory)
{
    // As many of a level make one of the next: each row is written once a level, and there are fewer files than this in each.
    const int Together = 8;

    // Larger ones stay as they are; what is made of smaller ones is at most eight times as large.
    const long LargeBytes = 128 << 20;

    /// <summary>Compacts where there are many of a level.</summary>
    public async Task RunDue()
    {
        while (Small().GroupBy(segment => (segment.Partition, segment.Level)).FirstOrDefault(level => level.Count() >= Together) is { } due)
        {
            // What adding took, DuckDB may need.
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            await Merge([.. due.OrderBy(segment => segment.Id, StringComparer.Ordinal).Take(Together)]);
        }
    }

    /// <summary>Compacts all that is small, and deletes what nobody can see.</summary>
    /// <returns>How many files there were, and how many there are.</returns>
    public async Task<(int Before, int After)> Run()
    {
        var before = Files();
        foreach (var partition in Small().GroupBy(segment => segment.Partition).ToList())
        {
            var some = new List<Segment>();
            foreach (var segment in partition.OrderBy(segment => segment.Id, StringComparer.Ordinal))
            {
                if (some.Sum(other => other.TotalBytes) + segment.TotalBytes > Together * LargeBytes)
                {
                    await Merge(some);
                    some.Clear();
                }
                some.Add(segment);
            }
            await Merge(some);
        }
        await DeleteUnfinished();
        return (before, Files());
    }

    int Files() => StoreTable.All.Length * store.Manifest.Segments.Count;

    IEnumerable<Segment> Small() => store.Manifest.Segments.Where(segment => segment.TotalBytes < LargeBytes);

    // If others replace some of them meanwhile, they have done what was to be done here.
    async Task Merge(List<Segment> old)
    {
        if (old.Count < 2)
            return;
        var (partition, id) = (old[0].Partition, Segment.NewId());
        var bytes = await store.Read(StoreTable.All, manifest => manifest.Has(old) ? old : [],
            files => files.Values.All(some => some.Length > 0) ? Sort(files, table => store.Place.Draft(Segment.KeyOf(table, partition, id))) : null);
        if (bytes is null)
            return;
        var merged = new Segment(id, partition.Service, partition.Day, old.Max(segment => segment.Level) + 1, old.Sum(segment => segment.Profiles), bytes);
        foreach (var key in merged.Keys)
            await store.Place.Put(key);
        while (store.Manifest.Has(old))
        {
            if (!await store.TryCommit([merged], old))
                continue;
            await store.DeleteReplaced();
            return;
        }
        await store.Place.Delete(merged.Keys);
    }

    Dictionary<string, long> Sort(IReadOnlyDictionary<string, string[]> files, Func<string, string> target)
    {
        using var database = StoreDatabase.Open(memory);
        // Each thread has rows of its own that wait, which the limit does not count.
        database.Execute("set threads = 1");
        return files.ToDictionary(table => table.Key, table =>
        {
            var source = StoreDatabase.Source(table.Value);
            database.Execute($"copy (select * exclude (service, day) from {source} order by {OrderOf(database, table.Key, source)}) " +
                $"to {StoreDatabase.Literal(target(table.Key))} (format parquet, compression zstd)");
            return new FileInfo(target(table.Key)).Length;
        });
    }

    // What is the same in many rows takes its room once where these lie together. Where there are more profiles than contexts, the ids of
    // profiles take most (64 digits, at random), or else the hashes of contexts do.
    static string OrderOf(StoreDatabase database, string table, string source)
    {
        if (table == StoreTable.Profiles)
            return "started_at, profile_id";
        var hash = table == StoreTable.Contexts ? "path_hash" : "method_hash";
        var hasMoreProfiles = (bool)database.Ask($"select approx_count_distinct(profile_id) > approx_count_distinct({hash}) from {source}").Rows[0][0]!;
        return hasMoreProfiles ? $"profile_id, {hash}" : $"{hash}, profile_id";
    }

    // Of processes that were killed. What others are about to name is younger.
    async Task DeleteUnfinished()
    {
        var old = new List<string>();
        foreach (var table in StoreTable.All)
        {
            await foreach (var (key, written) in store.Place.List(table))
            {
                if (DateTime.UtcNow - written > store.Place.LongestAddition)
                    old.Add(key);
            }
        }
        if (old.Count == 0)
            return;
        await store.Refresh();
        await store.Place.Delete(old.Except(store.Manifest.Segments.Concat(store.Manifest.Replaced).SelectMany(segment => segment.Keys)));
    }
}
