namespace ProfilerWeaver.Store;

/// <summary>Writes rows of <c>methods</c>.</summary>
sealed class MethodsFile : IAsyncDisposable
{
    readonly TextColumn id = new("profile_id");
    readonly HashColumn hash = new("method_hash");
    readonly TextColumn source = new("file");
    readonly Column<int> line = new("line");
    readonly TextColumn name = new("name");
    readonly TextColumn assembly = new("assembly", nullable: true);
    readonly TextColumn type = new("type", nullable: true);
    readonly TextColumn kind = new("kind");
    readonly FigureColumns figures = new();
    readonly Column<long> primitive = new("primitive_calls");
    readonly TableFile file;

    public MethodsFile(string path) => file = new(path, [id, hash, source, line, name, assembly, type, kind, .. figures.All, primitive]);

    /// <summary>Writes those of a profile.</summary>
    /// <param name="profile">The profile.</param>
    /// <param name="hashes">The hashes of its methods.</param>
    public async Task Add(AddedProfile profile, byte[][] hashes)
    {
        var data = profile.Data;
        var places = new Dictionary<MethodLabel, int>();
        for (var i = 0; i < data.Methods.Count; i++)
            places[data.Methods[i]] = i;
        // In ticks, which are whole numbers and stay it.
        foreach (var row in FlatProfile.From(data with { SecondsPerTick = 1 }))
        {
            var place = places[row.Label];
            id.Add(profile.Id);
            hash.Add(hashes[place]);
            source.Add(row.Label.File);
            line.Add(row.Label.Line);
            name.Add(row.Label.Name);
            assembly.Add(row.Label.Assembly);
            type.Add(row.Label.Type);
            // As dotnet prof stats --format json spells it.
            kind.Add(row.Label.Kind.ToString().ToLowerInvariant());
            primitive.Add(row.PrimitiveCalls);
            var occurrence = data.MethodOccurrences?[place] ?? default;
            figures.Add(new()
            {
                Calls = row.Calls,
                Resumes = row.Resumes,
                SelfTicks = (long)row.TotalTime,
                CumulativeTicks = (long)row.CumulativeTime,
                SlowestTicks = (long)row.SlowestTime,
                Samples = row.Samples,
                Async = new() { ElapsedTicks = (long)row.ElapsedTime, WaitingTicks = (long)row.WaitingTime, OpenCalls = row.Figures.OpenCalls },
            }, occurrence);
            await file.EndRow();
        }
    }

    /// <summary>Writes the end of the file.</summary>
    /// <returns>Its size.</returns>
    public Task<long> Finish() => file.Finish();

    public ValueTask DisposeAsync() => file.DisposeAsync();
}
