using System.Runtime.ExceptionServices;

namespace ProfilerWeaver;

/// <summary>Merges files, several at once. Which of those that do not fit together is left out depends on nothing but their order.</summary>
sealed class FileMerge
{
    // Each thread has a sum of its own, and these have most contexts in common: with more of them, making them one takes longer than they save.
    const int MostThreads = 4;

    // The rest is for what is written at the end, and for garbage.
    const int ShareOfMemory = 2;

    // The rest is for what is written, and what is read.
    const int ShareOfTrees = 2;
    const int ShareOfFiles = 4;

    // A byte of a file becomes so many in memory.
    const int BytesOfByte = 10;

    static readonly int AtOnce = Math.Min(Environment.ProcessorCount, MostThreads);

    readonly ProfileMerge merge;
    readonly MergeOptions options;
    readonly WorkInProgress inProgress;

    // What the others are compared with; null: there is none yet.
    string? first;

    FileMerge(ProfileMerge merge, MergeOptions options)
    {
        this.merge = merge;
        this.options = options;
        // The next one waits for a processor.
        inProgress = new(AtOnce + 1, options.MemoryLimit / ShareOfFiles);
    }

    /// <inheritdoc cref="Profiles.Merge"/>
    public static int Run(IEnumerable<string> files, string output, MergeOptions options, CancellationToken cancellation)
    {
        // A container may have less than anyone thought of.
        options = options with { MemoryLimit = Math.Min(options.MemoryLimit, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / ShareOfMemory) };
        using var merge = new ProfileMerge(options.MemoryLimit / ShareOfTrees);
        new FileMerge(merge, options).AddAll(files, cancellation);
        if (merge.Count == 0)
            throw new InvalidOperationException("None of the files could be merged; there is nothing to write.");
        ProfFile.Write(merge, output);
        return merge.Count;
    }

    void AddAll(IEnumerable<string> files, CancellationToken cancellation)
    {
        var jobs = new Queue<(string File, Task<Exception?> Job)>();
        var turn = Task.CompletedTask;
        try
        {
            foreach (var file in files)
            {
                cancellation.ThrowIfCancellationRequested();
                var bytes = BytesOf(file);
                inProgress.Enter(bytes);
                var admission = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
                var before = turn;
                jobs.Enqueue((file, Task.Run(() => AddAsync(file, bytes, before, admission), CancellationToken.None)));
                turn = Task.WhenAll(before, admission.Task);
                while (jobs.Count > 0 && jobs.Peek().Job.IsCompleted)
                    Finish(jobs.Dequeue());
            }
            while (jobs.Count > 0)
                Finish(jobs.Dequeue());
            cancellation.ThrowIfCancellationRequested();
        }
        finally
        {
            // They must not add to a merge that has ended. What goes wrong in them is nobody's affair any more.
            foreach (var (_, job) in jobs)
            {
                ((IAsyncResult)job).AsyncWaitHandle.WaitOne();
                _ = job.Exception;
            }
        }
    }

    void Finish((string File, Task<Exception?> Job) ended)
    {
        if (ended.Job.GetAwaiter().GetResult() is not { } reason)
            return;
        if (options.LeftOut is null)
            ExceptionDispatchInfo.Capture(reason).Throw();
        options.LeftOut(ended.File, reason);
    }

    // The result is why a file cannot be merged; null: it was.
    async Task<Exception?> AddAsync(string file, long bytes, Task before, TaskCompletionSource<bool> admission)
    {
        try
        {
            var recording = Read(file);
            var compensated = recording.Compensated();
            if (!merge.IsOfKnownKind(recording))
                await before.ConfigureAwait(false);
            var number = Admit(recording, file);
            admission.SetResult(true);
            merge.AddTrees(number, compensated, LabelOf(recording));
            return null;
        }
        // It may have gone, or changed hands, since it was named. What has no room on the disk is not its fault, nor how many are open.
        catch (Exception e) when (!admission.Task.IsCompleted && !OpenFileLimit.IsReached(e)
            && e is InvalidProfileException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            return e;
        }
        finally
        {
            admission.TrySetResult(false);
            inProgress.Leave(bytes);
        }
    }

    static ProfileData Read(string file) => ProfFile.ReadRecording(file)
        ?? throw new InvalidOperationException($"{file} has a table of methods only, without the call tree that is merged.");

    int Admit(ProfileData recording, string file)
    {
        try
        {
            var number = merge.Admit(recording);
            // One that only counts calls fits all.
            if (MeasuredKind.Of(recording).Clock is not null)
                Interlocked.CompareExchange(ref first, file, null);
            return number;
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"{file} cannot be merged with {first ?? "those before it"}: {e.Message}.", e);
        }
    }

    ScopeName? LabelOf(ProfileData recording)
    {
        var labels = options.By.Select(name => new KeyValuePair<string, string>(name, RunFact.ValueOf(recording, name))).Concat(options.Labels)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal).ToArray();
        return labels.Length == 0 ? null : new("merged", labels);
    }

    // About what it takes in memory. What cannot be read is not there either.
    static long BytesOf(string file) => new FileInfo(file) is { Exists: true } info ? info.Length * BytesOfByte : 0;
}
