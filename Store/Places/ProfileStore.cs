namespace ProfilerWeaver.Store;

/// <summary>A store: its place, and what the manifest says is there.</summary>
sealed class ProfileStore : IDisposable
{
    const int MostAttempts = 5;
    static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    string version;
    int failures;

    ProfileStore(IStorePlace place, VersionedText manifest)
    {
        Place = place;
        version = manifest.Version;
        Manifest = Manifest.Parse(manifest.Text, place.Location);
    }

    /// <summary>Where it is.</summary>
    public IStorePlace Place { get; }

    /// <summary>How people call that.</summary>
    public string Location => Place.Location;

    /// <summary>What is in it, as it was last read or written.</summary>
    public Manifest Manifest { get; private set; }

    /// <summary>A store that is there. The place is its own from now on.</summary>
    /// <exception cref="StoreException">There is none, or one of another format.</exception>
    public static Task<ProfileStore> Open(IStorePlace place) => OrDispose(place, Find);

    /// <summary>A store, which is made if it is not there. The place is its own from now on.</summary>
    /// <exception cref="StoreException">The place has something else in it, or is a store of another format.</exception>
    public static Task<ProfileStore> OpenOrCreate(IStorePlace place) => OrDispose(place, FindOrCreate);

    // A place has a folder for temporary files.
    static async Task<ProfileStore> OrDispose(IStorePlace place, Func<IStorePlace, Task<ProfileStore>> open)
    {
        try
        {
            return await open(place);
        }
        catch
        {
            place.Dispose();
            throw;
        }
    }

    static async Task<ProfileStore> Find(IStorePlace place) => await place.Read(Manifest.Key) is { } manifest
        ? new(place, manifest)
        : throw new StoreException($"{place.Location} is not a store. dotnet prof-store add FILES --to {place.Location} makes one.");

    static async Task<ProfileStore> FindOrCreate(IStorePlace place)
    {
        if (await place.Read(Manifest.Key) is { } known)
            return new(place, known);
        if (!await place.IsEmpty() && await place.Read(Manifest.Key) is null)
            throw new StoreException($"{place.Location} is neither a store nor empty. Choose another place for a new store.");
        var text = Manifest.Empty.ToText();
        // If another process was faster, it is there.
        if (await place.TryReplace(Manifest.Key, text, version: null) is not null && await place.TryReplace(Manifest.Key, text, version: null) is not null)
        {
            Messages.WriteLine($"warning: {place.Location} replaces objects in spite of If-None-Match: let only one process at a time add or compact there, " +
                "or profiles are lost.");
        }
        return await Find(place);
    }

    /// <summary>Reads what others have done.</summary>
    public async Task Refresh()
    {
        var text = await Place.Read(Manifest.Key) ?? throw new StoreException($"{Location} is not a store any more.");
        version = text.Version;
        Manifest = Manifest.Parse(text.Text, Location);
    }

    /// <summary>Puts segments into the store in place of others, unless anybody has changed what is in it. If so, that is read again,
    /// after a while: the more often this happens in a row, the later, so that many processes do not hinder each other.</summary>
    /// <returns>Whether they are there.</returns>
    public async Task<bool> TryCommit(IReadOnlyCollection<Segment> added, IReadOnlyCollection<Segment> replaced)
    {
        if (await TryReplace(Manifest.With(added, replaced)))
            return true;
        // Where an answer was lost on its way, what was asked for again fails because it is done.
        var ids = added.Select(segment => segment.Id).ToHashSet();
        return ids.Count > 0 && Manifest.Segments.Concat(Manifest.Replaced).Any(segment => ids.Contains(segment.Id));
    }

    /// <summary>Deletes the files of what was replaced, by this process or by one that was killed.</summary>
    public async Task DeleteReplaced()
    {
        if (Manifest.Replaced.Count == 0)
            return;
        var gone = (await Place.Delete(Manifest.Replaced.SelectMany(segment => segment.Keys))).ToHashSet();
        var ids = Manifest.Replaced.Where(segment => segment.Keys.All(gone.Contains)).Select(segment => segment.Id).ToHashSet();
        while (ids.Count > 0 && !await TryReplace(Manifest.Without(ids)))
        {
            // Others have changed something else.
        }
    }

    /// <summary>Reads files of some segments. If others replace these meanwhile, it does so once more with what is there then.</summary>
    /// <param name="tables">The tables of which files are wanted.</param>
    /// <param name="choose">Chooses the segments.</param>
    /// <param name="read">Reads local files, which are given by table.</param>
    /// <exception cref="StoreException">Some are not there, though the store should have them.</exception>
    public async Task<T> Read<T>(
        IReadOnlyList<string> tables, Func<Manifest, IEnumerable<Segment>> choose, Func<IReadOnlyDictionary<string, string[]>, T> read)
    {
        for (var attempt = 1; ; attempt++)
        {
            var segments = choose(Manifest).ToList();
            string[] files = [];
            try
            {
                files = await Place.Fetch([.. tables.SelectMany(table => segments.Select(segment => KeyValuePair.Create(segment.KeyOf(table), segment.Bytes[table])))]);
                return read(tables.Select((table, i) => (table, i)).ToDictionary(pair => pair.table, pair => files[(pair.i * segments.Count)..((pair.i + 1) * segments.Count)]));
            }
            catch (Exception e) when (e is FileNotFoundException || !files.All(File.Exists))
            {
                if (attempt == MostAttempts)
                    throw new StoreException($"{Location} lacks files that it should have: {e.Message}", cause: e);
                await Refresh();
            }
        }
    }

    public void Dispose() => Place.Dispose();

    async Task<bool> TryReplace(Manifest next)
    {
        if (await Place.TryReplace(Manifest.Key, next.ToText(), version) is { } written)
        {
            (version, Manifest, failures) = (written, next, 0);
            return true;
        }
        var pause = Math.Min(LongestPause.TotalMilliseconds, 10 << Math.Min(failures++, 10));
        await Task.Delay(TimeSpan.FromMilliseconds(pause * Random.Shared.NextDouble()));
        await Refresh();
        return false;
    }
}
