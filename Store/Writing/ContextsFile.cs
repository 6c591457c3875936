namespace ProfilerWeaver.Store;

/// <summary>Writes rows of <c>contexts</c>.</summary>
sealed class ContextsFile : IAsyncDisposable
{
    readonly TextColumn id = new("profile_id");
    readonly HashColumn hash = new("path_hash");
    readonly HashColumn parent = new("parent_hash", nullable: true);
    readonly HashColumn method = new("method_hash");
    readonly Column<int> depth = new("depth");
    readonly FigureColumns figures = new();
    readonly Column<long> recursive = new("recursive_calls");
    readonly Column<long> truncated = new("truncated_calls");
    readonly TableFile file;

    public ContextsFile(string path) => file = new(path, [id, hash, parent, method, depth, .. figures.All, recursive, truncated]);

    /// <summary>Writes those of a profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="methodHashes">The hashes of its methods.</param>
    /// <returns>How many they are.</returns>
    public async Task<int> Add(AddedProfile profile, byte[][] methodHashes)
    {
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
        return tree.Count - 1;
    }

    /// <summary>Writes the end of the file.</summary>
    /// <returns>Its size.</returns>
    public Task<long> Finish() => file.Finish();

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
