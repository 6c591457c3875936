namespace ProfilerWeaver.Store;

/// <summary>A segment that is being written.</summary>
sealed class SegmentDraft : IAsyncDisposable
{
    readonly IStorePlace place;
    readonly Partition partition;
    readonly string id = Segment.NewId();
    readonly ContextsFile contexts;
    readonly MethodsFile methods;
    readonly ProfilesFile profiles;
    int count;

    public SegmentDraft(IStorePlace place, Partition partition)
    {
        (this.place, this.partition) = (place, partition);
        contexts = new(Draft(StoreTable.Contexts));
        methods = new(Draft(StoreTable.Methods));
        profiles = new(Draft(StoreTable.Profiles));
    }

    /// <summary>Writes the rows of a profile.</summary>
    /// <returns>How many they are in the largest table.</returns>
    public async Task<int> Add(AddedProfile profile)
    {
        var hashes = profile.Data.Methods.Select(label => RowHash.OfMethod(label)).ToArray();
        var rows = await contexts.Add(profile, hashes);
        await methods.Add(profile, hashes);
        await profiles.Add(profile);
        count++;
        return rows;
    }

    /// <summary>Puts the files into the store, where they count when the manifest names them.</summary>
    public async Task<Segment> Put()
    {
        var bytes = new Dictionary<string, long>
        {
            [StoreTable.Contexts] = await contexts.Finish(),
            [StoreTable.Methods] = await methods.Finish(),
            [StoreTable.Profiles] = await profiles.Finish(),
        };
        await Close();
        // Other engines, which do not read the manifest, can tell by the last one that the others are there.
        foreach (var table in StoreTable.All)
            await place.Put(Segment.KeyOf(table, partition, id));
        return new(id, partition.Service, partition.Day, Level: 0, count, bytes);
    }

    public async ValueTask DisposeAsync()
    {
        await Close();
        foreach (var table in StoreTable.All)
            File.Delete(Draft(table));
    }

    string Draft(string table) => place.Draft(Segment.KeyOf(table, partition, id));

    async Task Close()
    {
        await contexts.DisposeAsync();
        await methods.DisposeAsync();
        await profiles.DisposeAsync();
    }
}
