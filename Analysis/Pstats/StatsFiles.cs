using System.Collections.Concurrent;

namespace ProfilerWeaver;

/// <summary>Reads the files of statistics one after the other, and the next ones meanwhile.</summary>
static class StatsFiles
{
    /// <param name="paths">The files, which are read in this order. An exception comes when it is the turn of its file.</param>
    public static IEnumerable<(string Path, StatsFile File)> Read(IReadOnlyList<string> paths)
    {
        var readers = new ConcurrentBag<PlainTableFiles>();
        if (paths.Count == 1)
        {
            yield return (paths[0], StatsFile.Read(paths[0], new()));
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
                yield return (paths[i], ahead.Dequeue().GetAwaiter().GetResult());
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
                reader = new();
            var file = StatsFile.Read(path, reader);
            readers.Add(reader);
            return file;
        }
    }
}
