namespace ProfilerWeaver.Store;

/// <summary>Deletes what is old.</summary>
/// <param name="store">The store.</param>
sealed class Expiry(ProfileStore store)
{
    /// <summary>Deletes the profiles of all days before one.</summary>
    /// <returns>How many profiles they were.</returns>
    public async Task<long> Run(DateOnly first)
    {
        while (true)
        {
            var old = store.Manifest.Segments.Where(segment => segment.Day < first).ToList();
            if (old.Count == 0)
                return 0;
            if (!await store.TryCommit([], old))
                continue;
            await store.DeleteReplaced();
            return old.Sum(segment => segment.Profiles);
        }
    }
}
