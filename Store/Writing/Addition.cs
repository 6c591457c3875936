namespace ProfilerWeaver.Store;

/// <summary>Adds profiles to a store that nobody else uses meanwhile.</summary>
/// <param name="store">The store.</param>
/// <param name="known">The ids of the profiles that it has.</param>
/// <param name="service">What was profiled; null: the profiles say it.</param>
/// <param name="labels">What is to be known of each profile.</param>
sealed class Addition(StoreFolder store, HashSet<string> known, string? service, IReadOnlyList<KeyValuePair<string, string>> labels)
{
    const string Unfinished = ".tmp";

    /// <summary>Adds a profile.</summary>
    /// <returns>Whether it was not there before.</returns>
    /// <exception cref="InvalidProfileException">It is no profile, or is damaged.</exception>
    /// <exception cref="StoreException">It is one that a store cannot keep.</exception>
    public async Task<bool> Add(string file)
    {
        if (LiveFileReader.IsLive(file))
            throw new StoreException($"{file} is the file of a program that is running or was killed. dotnet prof recover makes a profile of it.");
        var content = await File.ReadAllBytesAsync(file);
        var id = AddedProfile.IdOf(content);
        if (known.Contains(id))
            return false;
        await Write(AddedProfile.Read(file, content, id, service, labels));
        known.Add(id);
        return true;
    }

    // The row of profiles comes last: without it, the others do not count, and are replaced if the profile is added again.
    async Task Write(AddedProfile profile)
    {
        var hashes = profile.Data.Methods.Select(label => RowHash.OfMethod(label)).ToArray();
        var files = StoreTable.All.ToDictionary(table => table, table => FileOf(table, profile));
        await ContextsFile.Write(profile, hashes, files[StoreTable.Contexts] + Unfinished);
        await MethodsFile.Write(profile, hashes, files[StoreTable.Methods] + Unfinished);
        await ProfilesFile.Write(profile, files[StoreTable.Profiles] + Unfinished);
        foreach (var table in StoreTable.All)
            File.Move(files[table] + Unfinished, files[table], overwrite: true);
    }

    string FileOf(string table, AddedProfile profile)
    {
        var folder = Path.Combine(store.FolderOf(table), profile.Partition.Folder);
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, profile.Id + ".parquet");
    }
}
