namespace ProfilerWeaver;

/// <summary>Puts the rows of all runs side by side.</summary>
static class MethodDifferences
{
    public static IReadOnlyList<MethodDifference> Of(IReadOnlyList<Stats> before, IReadOnlyList<Stats> after,
        IReadOnlyDictionary<string, string> renamed)
    {
        Stats[] runs = [.. before, .. after];
        var calls = new Dictionary<string, long[]>();
        var times = new Dictionary<string, double[]>();
        for (var run = 0; run < runs.Length; run++)
        {
            foreach (var row in runs[run].RowsInFileOrder)
            {
                var name = MethodNames.Of(row.Label);
                name = run < before.Count ? MethodNames.Renamed(name, renamed) : name;
                if (!calls.TryGetValue(name, out var ofName))
                    (calls[name], times[name]) = (ofName = new long[runs.Length], new double[runs.Length]);
                ofName[run] += row.Calls;
                times[name][run] += row.TotalTime;
            }
        }
        var oldNames = renamed.ToDictionary(pair => pair.Value, pair => pair.Key);
        var (filesBefore, filesAfter) = (Files(before), Files(after));
        return
        [
            .. calls.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new MethodDifference(
                pair.Key,
                RunCounts.Of(pair.Value.AsSpan(0, before.Count)),
                RunCounts.Of(pair.Value.AsSpan(before.Count)),
                new(new(times[pair.Key][..before.Count]), new(times[pair.Key][before.Count..])))
            {
                OldName = oldNames.GetValueOrDefault(pair.Key),
                Files = filesBefore.TryGetValue(oldNames.GetValueOrDefault(pair.Key, pair.Key), out var old)
                    && filesAfter.TryGetValue(pair.Key, out var now) && old != now ? (old, now) : null,
            }),
        ];
    }

    // Without the folder that all files of a side have in common: the other side may have been built elsewhere.
    static Dictionary<string, string> Files(IReadOnlyList<Stats> side)
    {
        var files = new Dictionary<string, string>();
        foreach (var row in side.SelectMany(stats => stats.RowsInFileOrder))
        {
            if (!row.Label.IsExternal && row.Label.Line > 0)
                files.TryAdd(MethodNames.Of(row.Label), row.Label.File.Replace('\\', '/'));
        }
        var folder = CommonFolder(files.Values);
        return files.ToDictionary(pair => pair.Key, pair => pair.Value[folder..]);
    }

    static int CommonFolder(IEnumerable<string> files)
    {
        string? common = null;
        foreach (var file in files)
        {
            var folder = file[..(file.LastIndexOf('/') + 1)];
            common ??= folder;
            while (!folder.StartsWith(common, StringComparison.Ordinal))
                common = common[..(common.TrimEnd('/').LastIndexOf('/') + 1)];
        }
        return common?.Length ?? 0;
    }
}
