namespace ProfilerWeaver;

/// <summary>
/// Makes a <see cref="ProfileData"/> of a recording, while threads may go on recording.
/// </summary>
static unsafe class Snapshot
{
    // A thread that is recording cannot be caught between two calls; what is open then may be one call off.
    const int Attempts = 3;

    /// <summary>Takes a snapshot.</summary>
    /// <param name="recording">What to read.</param>
    /// <param name="closeOpenFrames">Whether open activations count as ended now; otherwise they are left out, as
    /// CPython leaves them out of a running profile.</param>
    public static ProfileData Take(Recording recording, bool closeOpenFrames)
    {
        var reader = new TreeReader(RecorderImage.OfThisProcess, ModuleTables.ReadAll());
        var threads = new List<ThreadTree>();
        var folded = recording.Folded == null ? null : reader.CopyFolded(recording.Folded);
        // Afterwards: if it is still one thread, all that was copied is that thread's.
        var folder = recording.FoldedBy;
        (int, string)? foldedBy = null;
        foreach (var thread in recording.Threads)
        {
            var root = closeOpenFrames
                ? CopyAndClose(reader, recording, thread, folded)
                : reader.Copy(thread.Root, thread.IsFlat, [], []);
            if (root.Children.Count > 0)
                threads.Add(new(thread.Id, thread.Name, root.ToCallNode()));
            if (thread.Root == folder)
                foldedBy = (thread.Id, thread.Name);
        }
        folded?.AddTo(threads, foldedBy);
        return new()
        {
            Methods = reader.Methods,
            Threads = threads,
            SecondsPerTick = recording.Clock.MeasureTick(),
            Clock = recording.Clock.Name,
            Unit = recording.Clock.Unit,
            Overhead = recording.Overhead,
            Compensate = recording.Compensate,
            Program = ThisProcess.Name,
            StartedUtc = recording.StartedUtc,
            Duration = recording.Duration,
        };
    }

    // A thread may leave frames meanwhile; then it is read again.
    static NodeCopy CopyAndClose(TreeReader reader, Recording recording, RecordedThread thread, FoldedCopy? folded)
    {
        for (var attempt = 1; ; attempt++)
        {
            var open = new Dictionary<nint, OpenContext>();
            var arena = thread.Arena;
            if (arena == null)
                return reader.Copy(thread.Root, thread.IsFlat, [], open);
            var top = Volatile.Read(ref *(nint*)&arena->Stack.Top);
            var frames = reader.OpenFrames(&arena->Stack);
            var copy = reader.Copy(thread.Root, thread.IsFlat, frames, open);
            var isStill = Volatile.Read(ref *(nint*)&arena->Stack.Top) == top;
            // Not before the last attempt: what is folded is not read again.
            if (frames.Count > 0 && (isStill || attempt == Attempts))
            {
                folded?.AddOpen(frames, thread.IsFlat, open);
                // A clock of another thread cannot be read; its last known instant is when the topmost callee ended.
                var now = recording.Clock.IsOfThread && !thread.IsCurrent
                    ? frames[0].Start + frames[0].ChildTime
                    : recording.Clock.Read();
                TreeReader.Close(frames, open, recording.Start, now, recording.Clock.Timer is not null);
            }
            if (isStill || attempt == Attempts)
                return copy;
        }
    }
}
