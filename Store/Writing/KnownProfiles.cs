using System.Globalization;

namespace ProfilerWeaver.Store;

/// <summary>Which profiles a store has. What has the same content has the same day: only that of a profile is read, when it is
/// asked for.</summary>
/// <param name="store">The store.</param>
/// <param name="memory">How much memory reading may take.</param>
sealed class KnownProfiles(ProfileStore store, long memory)
{
    // Some 200 MB.
    const int MostProfiles = 4_000_000;

    readonly Dictionary<DateOnly, Ids> days = [];

    /// <summary>Whether the store has a profile, as far as is known without reading anything.</summary>
    public bool Has(string id) => days.Values.Any(day => day.Profiles.Contains(Number(id)));

    /// <summary>Whether the store has a profile.</summary>
    public async Task<bool> Has(DateOnly day, string id)
    {
        if (!days.TryGetValue(day, out var known))
        {
            if (days.Values.Sum(other => other.Profiles.Count) > MostProfiles)
                days.Clear();
            days[day] = known = new([], []);
        }
        await Read(day, known);
        return known.Profiles.Contains(Number(id));
    }

    /// <summary>Notes what this process has added, so that it need not be read.</summary>
    public void Note(IEnumerable<Segment> segments, IEnumerable<(DateOnly Day, string Id)> profiles)
    {
        foreach (var segment in segments.Where(segment => days.ContainsKey(segment.Day)))
            days[segment.Day].Segments.Add(segment.Id);
        foreach (var (day, id) in profiles.Where(profile => days.ContainsKey(profile.Day)))
            days[day].Profiles.Add(Number(id));
    }

    // What was added, or was compacted and has another name now.
    async Task Read(DateOnly day, Ids known)
    {
        if (!Unread(store.Manifest).Any())
            return;
        var read = Array.Empty<string>();
        var ids = await store.Read([StoreTable.Profiles], Unread, files =>
        {
            read = [.. files[StoreTable.Profiles].Select(file => Path.GetFileNameWithoutExtension(file))];
            using var database = StoreDatabase.Open(memory);
            return database.Ask($"select profile_id from {StoreDatabase.Source(files[StoreTable.Profiles])}").Rows;
        });
        known.Profiles.UnionWith(ids.Select(row => Number((string)row[0]!)));
        known.Segments.UnionWith(read);

        IEnumerable<Segment> Unread(Manifest manifest) => manifest.Segments.Where(segment => segment.Day == day && !known.Segments.Contains(segment.Id));
    }

    // A third of the memory of its text.
    static (UInt128, UInt128) Number(string id) => (Half(id[..32]), Half(id[32..]));

    static UInt128 Half(string digits) => UInt128.Parse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    sealed record Ids(HashSet<(UInt128, UInt128)> Profiles, HashSet<string> Segments);
}
