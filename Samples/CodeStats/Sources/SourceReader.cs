using System.Threading.Channels;

namespace CodeStats.Sources;

/// <summary>Reads the files of a folder, several at a time.</summary>
sealed class SourceReader(SourceFolder folder, int threads)
{
    /// <summary>The files of the folder in order of their paths.</summary>
    public async Task<IReadOnlyList<SourceFile>> ReadSortedAsync()
    {
        var files = new List<SourceFile>();
        await foreach (var file in ReadAsync())
            files.Add(file);
        files.Sort((left, right) => string.CompareOrdinal(left.Path, right.Path));
        return files;
    }

    /// <summary>The files of the folder in the order in which they are read.</summary>
    async IAsyncEnumerable<SourceFile> ReadAsync()
    {
        var channel = Channel.CreateBounded<SourceFile>(threads);
        var producer = ProduceAsync(channel.Writer);
        await foreach (var file in channel.Reader.ReadAllAsync())
            yield return file;
        await producer;
    }

    async Task ProduceAsync(ChannelWriter<SourceFile> writer)
    {
        Exception? failure = null;
        try
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
            await Parallel.ForEachAsync(folder.Files(), options, async (path, cancellation) =>
                await writer.WriteAsync(await ReadFileAsync(path, cancellation), cancellation));
        }
        catch (IOException error)
        {
            failure = error;
        }
        writer.Complete(failure);
    }

    async ValueTask<SourceFile> ReadFileAsync(string path, CancellationToken cancellation)
    {
        var name = folder.Relative(path);
        try
        {
            return new(name, await File.ReadAllTextAsync(path, cancellation));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return new(name, "", error.Message);
        }
    }
}
