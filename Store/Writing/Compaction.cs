namespace ProfilerWeaver.Store;

/// <summary>Makes one file of those of a service and day, for each table.</summary>
/// <param name="store">The store, which nobody else uses meanwhile.</param>
sealed class Compaction(StoreFolder store)
{
    const string Compacted = "compacted.parquet";
    const string Unfinished = ".tmp";

    /// <summary>Compacts all folders of all tables.</summary>
    /// <returns>How many files there were, and how many there are.</returns>
    public (int Before, int After) Run()
    {
        var (before, after) = (0, 0);
        using var database = StoreDatabase.Open(store);
        // Before any of their files are replaced.
        database.Execute("create temp table known as select profile_id, service, day from profiles");
        foreach (var (table, folder) in StoreTable.All.SelectMany(table => Directory
            .EnumerateDirectories(store.FolderOf(table), "day=*", SearchOption.AllDirectories).Select(folder => (table, folder))))
        {
            var files = Directory.GetFiles(folder, "*.parquet");
            before += files.Length;
            after += Math.Min(files.Length, 1);
            // Of an addition that was interrupted.
            foreach (var left in Directory.GetFiles(folder, "*" + Unfinished))
                File.Delete(left);
            if (files.Length > 1)
                Compact(database, table, folder, files);
        }
        return (before, after);
    }

    /// <summary>Finishes what was interrupted when the files of a folder were being replaced.</summary>
    public static void Finish(StoreFolder store)
    {
        if (!store.IsInterrupted)
            return;
        var folder = store.InterruptedFolder;
        if (File.Exists(Path.Combine(folder, Compacted + Unfinished)))
            Replace(folder);
        store.EndReplacing();
    }

    void Compact(StoreDatabase database, string table, string folder, string[] files)
    {
        var target = Path.Combine(folder, Compacted + Unfinished);
        var sources = string.Join(", ", files.Select(StoreDatabase.Literal));
        database.Execute($"copy (select * exclude (service, day) from {StoreDatabase.Source($"[{sources}]")} " +
            $"where {StoreDatabase.IdWithPartition} in (select {StoreDatabase.IdWithPartition} from known) order by {OrderOf(table)}, profile_id) " +
            $"to {StoreDatabase.Literal(target)} (format parquet, compression zstd)");
        store.BeginReplacing(folder);
        Replace(folder);
        store.EndReplacing();
    }

    // What is the same in many profiles takes its room once where it lies together: a quarter of what it was.
    static string OrderOf(string table) => table switch
    {
        StoreTable.Contexts => "path_hash",
        StoreTable.Methods => "method_hash",
        _ => "started_at",
    };

    // From here on what the new file has is no longer elsewhere.
    static void Replace(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.parquet"))
            File.Delete(file);
        File.Move(Path.Combine(folder, Compacted + Unfinished), Path.Combine(folder, Compacted));
    }
}
