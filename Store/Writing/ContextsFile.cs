namespace ProfilerWeaver.Store;

/// <summary>Writes the rows of <c>contexts</c>.</summary>
static class ContextsFile
{
    /// <summary>Writes those of a profile.</summary>
    public static async Task Write(AddedProfile profile, byte[][] methodHashes, string path)
    {
        var id = new TextColumn("profile_id");
        var hash = new HashColumn("path_hash");
        var parent = new HashColumn("parent_hash", nullable: true);
        var method = new HashColumn("method_hash");
        var depth = new Column<int>("depth");
        var recursive = new Column<long>("recursive_calls");
        var truncated = new Column<long>("truncated_calls");
        var figures = new FigureColumns();
        await using var file = new TableFile(path, [id, hash, parent, method, depth, .. figures.All, recursive, truncated]);

        var tree = profile.Data.Threads[0].Tree.Columns;
        // The contexts on the current path, with where each ends.
        var callers = new Stack<(byte[] Hash, int End)>();
        for (var context = 1; context < tree.Count; context++)
        {
            while (callers.TryPeek(out var last) && last.End <= context)
                callers.Pop();
            var caller = callers.TryPeek(out var above) ? above.Hash : null;
            var own = RowHash.OfContext(caller, methodHashes[tree.MethodOf(context)]);
            id.Add(profile.Id);
            hash.Add(own);
            parent.Add(caller);
            method.Add(methodHashes[tree.MethodOf(context)]);
            depth.Add(callers.Count);
            var row = tree.FiguresOf(context);
            figures.Add(row, row.SpelledOccurrence);
            recursive.Add(row.RecursiveCalls);
            truncated.Add(row.TruncatedCalls);
            await file.EndRow();
            callers.Push((own, tree.EndOf(context)));
        }
        await file.Finish();
    }
}
