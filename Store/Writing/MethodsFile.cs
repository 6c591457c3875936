namespace ProfilerWeaver.Store;

/// <summary>Writes the rows of <c>methods</c>.</summary>
static class MethodsFile
{
    /// <summary>Writes those of a profile.</summary>
    public static async Task Write(AddedProfile profile, byte[][] hashes, string path)
    {
        var id = new TextColumn("profile_id");
        var hash = new HashColumn("method_hash");
        var source = new TextColumn("file");
        var line = new Column<int>("line");
        var name = new TextColumn("name");
        var primitive = new Column<long>("primitive_calls");
        var figures = new FigureColumns();
        await using var file = new TableFile(path, [id, hash, source, line, name, .. figures.All, primitive]);

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
        await file.Finish();
    }
}
