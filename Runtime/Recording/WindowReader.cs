namespace ProfilerWeaver;

/// <summary>Takes the two readings of a window.</summary>
static class WindowReader
{
    /// <summary>Takes the first one.</summary>
    /// <returns>The window.</returns>
    public static RecordedWindow Begin(RecordedWindow window)
    {
        new RecordedProfile(window.Recording, closeOpenFrames: true, window, window.Before).Visit(new ContextCounts());
        return window;
    }

    /// <summary>What was called in a window until now.</summary>
    /// <param name="window">The window.</param>
    /// <param name="asEnded">Whether calls count that are open now; they count as ended.</param>
    public static ProfileData Read(RecordedWindow window, bool asEnded) => Read(new RecordedProfile(window.Recording, asEnded, window));

    /// <summary>What was called in a window of a context, as if it ended now.</summary>
    /// <param name="window">The window.</param>
    /// <param name="taken">Takes note of all that there is now.</param>
    /// <param name="isInUse">Whether something is still open, or waits, in the context.</param>
    public static ProfileData Read(RecordedWindow window, ContextReading taken, out bool isInUse)
    {
        var profile = new RecordedProfile(window.Recording, closeOpenFrames: true, window, taken);
        var data = Read(profile);
        isInUse = taken.HasOpenCalls || profile.IsInUse();
        return data;
    }

    /// <summary>What was called in a window of all threads until now, where the next one begins: every call is in one of the
    /// two, and none in both.</summary>
    /// <param name="window">The window; what is open counts as ended.</param>
    public static (ProfileData Data, RecordedWindow Next) ReadAndGoOn(RecordedWindow window)
    {
        var next = RecordedWindow.OfAll(window.Recording);
        return (Read(new RecordedProfile(window.Recording, closeOpenFrames: true, window, next.Before, next)), next);
    }

    static ProfileData Read(RecordedProfile profile)
    {
        var columns = new ColumnsVisitor([]);
        var facts = profile.Visit(new CalledOnly(columns));
        var threads = columns.Threads;
        // Contexts that are below others now may have the same callers.
        return threads.All(thread => thread.Tree.Count == 1 && thread.Truncated is null) ? facts
            : WrittenTrees.AreLinked(threads) ? facts.WithRecorded(threads)
            : facts with { Threads = WrittenTrees.AsWritten(threads, facts.Methods.Count) };
    }
}
