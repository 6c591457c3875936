namespace ProfilerWeaver;

/// <summary>What is done with many profiles at once.</summary>
public static class Profiles
{
    // The rest is for what is written, and what is read.
    const int ShareOfTrees = 2;
    const int ShareOfFiles = 4;

    // A byte of a file becomes so many in memory.
    const int BytesOfByte = 10;

    /// <summary>Merges any number of profiles into one, as <c>dotnet prof merge</c> does: contexts with the same path become one, and
    /// their figures are added. The result is the same, byte for byte, whatever the order and whatever was merged before.</summary>
    /// <param name="files">Profiles of ProfilerWeaver. They are asked for one after the other; while one is merged, the next ones are in memory,
    /// as many as there are processors and as <see cref="MergeOptions.MemoryLimit"/> has room for.</param>
    /// <param name="output">Where to write the merged profile. An existing file is replaced once the new one is complete.</param>
    /// <param name="options">How; null: nothing special.</param>
    /// <param name="cancellation">Ends it between two files. Then nothing is written.</param>
    /// <returns>How many of the files were merged.</returns>
    /// <exception cref="InvalidProfileException">A file is not a profile, or is damaged, and nobody wants to be told
    /// (<see cref="MergeOptions.LeftOut"/>).</exception>
    /// <exception cref="InvalidOperationException">A file has no call tree, or measures something other than those before, and nobody
    /// wants to be told; or there is nothing to merge.</exception>
    /// <exception cref="ArgumentException">There is no such name in <see cref="MergeOptions.By"/>.</exception>
    /// <exception cref="IOException">A file cannot be opened, and nobody wants to be told, or one cannot be written; any existing output is
    /// left unchanged.</exception>
    public static int Merge(IEnumerable<string> files, string output, MergeOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new();
        using var merge = new ProfileMerge(options.MemoryLimit / ShareOfTrees);
        // What the others are compared with.
        string? first = null;
        foreach (var (file, reading) in ReadAhead(files, options.MemoryLimit / ShareOfFiles))
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                var (recording, compensated) = reading.GetAwaiter().GetResult();
                Add(merge, recording, compensated, file, first, LabelOf(recording, options));
                // One that only counts calls fits all.
                if (MeasuredKind.Of(recording).Clock is not null)
                    first ??= file;
            }
            catch (Exception e) when (options.LeftOut is not null && (e is InvalidProfileException or InvalidOperationException
                // It may have gone, or changed hands, since it was named. What has no room on the disk is not its fault.
                || (reading.IsFaulted && e is IOException or UnauthorizedAccessException)))
            {
                options.LeftOut(file, e);
            }
        }
        cancellation.ThrowIfCancellationRequested();
        if (merge.Count == 0)
            throw new InvalidOperationException("None of the files could be merged; there is nothing to write.");
        ProfFile.Write(merge, output);
        return merge.Count;
    }

    // While one is merged, the next ones are read: as many as there are processors, but not more than one if they are large.
    static IEnumerable<(string File, Task<(ProfileData Recording, ProfileData Compensated)> Reading)> ReadAhead(IEnumerable<string> files, long memory)
    {
        var ahead = new Queue<(string File, long Bytes, Task<(ProfileData, ProfileData)> Reading)>();
        var bytesAhead = 0L;
        foreach (var file in files)
        {
            var bytes = BytesOf(file);
            while (ahead.Count > 1 && (ahead.Count > Environment.ProcessorCount || bytesAhead + bytes > memory))
                yield return Next();
            ahead.Enqueue((file, bytes, Task.Run(() => Read(file))));
            bytesAhead += bytes;
        }
        while (ahead.Count > 0)
            yield return Next();

        (string, Task<(ProfileData, ProfileData)>) Next()
        {
            var next = ahead.Dequeue();
            bytesAhead -= next.Bytes;
            return (next.File, next.Reading);
        }
    }

    // About what it takes in memory. What cannot be read is not there either.
    static long BytesOf(string file) => new FileInfo(file) is { Exists: true } info ? info.Length * BytesOfByte : 0;

    // With what the merge wants of it.
    static (ProfileData Recording, ProfileData Compensated) Read(string file)
    {
        var recording = ProfFile.ReadRecording(file)
            ?? throw new InvalidOperationException($"{file} has a table of methods only, without the call tree that is merged.");
        return (recording, recording.Compensated());
    }

    static void Add(ProfileMerge merge, ProfileData recording, ProfileData compensated, string file, string? first, ScopeName? label)
    {
        try
        {
            merge.Add(recording, compensated, label);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"{file} cannot be merged with {first ?? "those before it"}: {e.Message}.", e);
        }
    }

    static ScopeName? LabelOf(ProfileData recording, MergeOptions options)
    {
        var labels = options.By.Select(name => new KeyValuePair<string, string>(name, RunFact.ValueOf(recording, name))).Concat(options.Labels)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        return labels.Length == 0 ? null : new("merged", labels);
    }
}
