using System.Collections.Concurrent;

namespace ProfilerWeaver;

/// <summary>Reads the files of statistics one after the other, and the next ones meanwhile.</summary>
static class StatsFiles
{
    /// <summary>Reads files.</summary>
    /// <param name="paths">The files, which are read in this order. An exception comes when it is the turn of its file.</param>
    /// <returns>The files. What was read from one is there until the next is asked for.</returns>
    public static IEnumerable<(string Path, StatsFile File)> Read(IReadOnlyList<string> paths) => Read(paths, new());

    /// <summary>Reads files, and keeps them.</summary>
    /// <param name="paths">The files.</param>
    public static (string Path, StatsFile File)[] ReadAll(IReadOnlyList<string> paths) => [.. Read(paths, null)];

    // Tables are given back to those that can be used again.
    static IEnumerable<(string Path, StatsFile File)> Read(IReadOnlyList<string> paths, ConcurrentBag<PlainTable>? spare)
    {
        var free = spare ?? new();
        var readers = new ConcurrentBag<PlainTableFiles>();
        if (paths.Count == 1)
        {
            yield return (paths[0], StatsFile.Read(paths[0], new(free)));
            yield break;
        }
        var ahead = new Queue<Task<StatsFile>>();
        try
        {
            for (var i = 0; i < paths.Count; i++)
            {
                for (var next = i + ahead.Count; next < paths.Count && ahead.Count <= Environment.ProcessorCount; next++)
                {
                    var path = paths[next];
                    ahead.Enqueue(Task.Run(() => Read(path)));
                }
                var file = ahead.Dequeue().GetAwaiter().GetResult();
                yield return (paths[i], file);
                if (file.Plain is { } table)
                    spare?.Add(table);
            }
        }
        finally
        {
            // Nobody asks for those any more, nor for what is wrong with them.
            foreach (var left in ahead)
                left.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        StatsFile Read(string path)
        {
            if (!readers.TryTake(out var reader))
                reader = new(free);
            var file = StatsFile.Read(path, reader);
            readers.Add(reader);
            return file;
        }
    }
}
