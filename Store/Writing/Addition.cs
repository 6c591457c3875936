namespace ProfilerWeaver.Store;

/// <summary>Adds profiles to a store. Those that come one after another are written together, and are there all at once.</summary>
/// <param name="store">The store.</param>
/// <param name="known">Which profiles it has.</param>
/// <param name="service">What was profiled; null: the profiles say it.</param>
/// <param name="labels">What is to be known of each profile.</param>
sealed class Addition(ProfileStore store, KnownProfiles known, string? service, IReadOnlyList<KeyValuePair<string, string>> labels) : IAsyncDisposable
{
    // What waits is in memory: this is some 150 MB.
    const int MostRows = 500_000;
    const int MostProfiles = 5_000;

    // Of which each has three files open.
    const int MostPartitions = 100;

    readonly Dictionary<Partition, SegmentDraft> drafts = [];
    readonly Dictionary<string, Waiting> waiting = [];
    long rows;

    /// <summary>How many profiles were added, and are there.</summary>
    public int Added { get; private set; }

    /// <summary>How many were there before.</summary>
    public int Known { get; private set; }

    /// <summary>Adds a profile, now or with others that follow.</summary>
    /// <exception cref="InvalidProfileException">It is no profile, or is damaged.</exception>
    /// <exception cref="UnfitProfileException">It is one that a store cannot keep.</exception>
    public async Task Add(string file)
    {
        if (LiveFileReader.IsLive(file))
            throw new UnfitProfileException($"{file} is the file of a program that is running or was killed. dotnet prof recover makes a profile of it.");
        var content = await File.ReadAllBytesAsync(file);
        var id = AddedProfile.IdOf(content);
        if (waiting.ContainsKey(id) || known.Has(id))
        {
            Known++;
            return;
        }
        var profile = AddedProfile.Read(file, content, id, service, labels);
        if (await known.Has(profile.Partition.Day, id))
        {
            Known++;
            return;
        }
        if (!drafts.TryGetValue(profile.Partition, out var draft))
            drafts[profile.Partition] = draft = new(store.Place, profile.Partition);
        rows += await draft.Add(profile);
        waiting[id] = new(file, profile.Partition.Day);
        if (rows >= MostRows || waiting.Count == MostProfiles || drafts.Count == MostPartitions)
            await Commit();
    }

    /// <summary>Puts what waits into the store.</summary>
    public async Task Commit()
    {
        if (waiting.Count == 0)
            return;
        var segments = new List<Segment>();
        foreach (var draft in drafts.Values)
            segments.Add(await draft.Put());
        var batch = waiting.ToArray();
        await Clear();
        do
        {
            // Others may have added some of them since.
            var isKnown = new List<bool>();
            foreach (var (id, file) in batch)
                isKnown.Add(await known.Has(file.Day, id));
            if (isKnown.Contains(true))
            {
                await store.Place.Delete(segments.SelectMany(segment => segment.Keys));
                foreach (var (_, file) in batch)
                    await Add(file.Path);
                await Commit();
                return;
            }
        }
        while (!await store.TryCommit(segments, []));
        known.Note(segments, batch.Select(file => (file.Value.Day, file.Key)));
        Added += batch.Length;
    }

    public async ValueTask DisposeAsync() => await Clear();

    async Task Clear()
    {
        foreach (var draft in drafts.Values)
            await draft.DisposeAsync();
        drafts.Clear();
        waiting.Clear();
        rows = 0;
    }

    readonly record struct Waiting(string Path, DateOnly Day);
}
