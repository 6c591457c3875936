namespace ProfilerWeaver;

/// <summary>A window of a recording in progress: the difference of two readings of the recorder's memory. Nobody notices it but who
/// reads, so there may be any number.</summary>
/// <remarks>What is open when it begins counts as ended then, and what is open when it ends as ended then. So a call belongs to the
/// window in which it began.</remarks>
sealed unsafe class RecordedWindow
{
    readonly Node* thread;
    readonly HashSet<(nint Slot, nint Node, long Start, long Calls)> open = [];

    RecordedWindow(Recording recording, Node* thread, Node* top, ContextReading before)
    {
        Recording = recording;
        this.thread = thread;
        Top = top;
        Before = before;
        Began = recording.Duration;
        JitTime = recording.JitTime;
        GcPauses = recording.GcPauses;
    }

    public Recording Recording { get; }

    /// <summary>The context that is shown with all that belongs to it; null if it is not one only.</summary>
    public Node* Top { get; }

    /// <summary>What there was when it began.</summary>
    public ContextReading Before { get; }

    public DateTime StartedUtc { get; } = DateTime.UtcNow;

    /// <summary>How long the recording had been running.</summary>
    public TimeSpan Began { get; }

    /// <summary>What the recording had of it.</summary>
    public TimeSpan JitTime { get; }

    /// <summary>What the recording had of them.</summary>
    public TimeSpan GcPauses { get; }

    /// <summary>One of all threads.</summary>
    /// <param name="recording">The recording.</param>
    public static RecordedWindow OfAll(Recording recording) => new(recording, null, null, new());

    /// <summary>One of a thread.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="root">The root of its tree.</param>
    public static RecordedWindow OfThread(Recording recording, Node* root) => new(recording, root, null, new());

    /// <summary>One of what is called in a context, and goes on on whatever thread.</summary>
    /// <param name="recording">The recording.</param>
    /// <param name="top">The context, in which nothing was called yet since <paramref name="before"/>.</param>
    /// <param name="before">What there was.</param>
    public static RecordedWindow OfContext(Recording recording, Node* top, ContextReading before) => new(recording, null, top, before);

    /// <summary>Whether it shows a thread.</summary>
    public bool HasThread(Node* root) => thread == null || thread == root;

    /// <summary>Whether it shows calls that are in no tree.</summary>
    /// <param name="truncatedBy">The root of the thread that made them; null if it was several.</param>
    public bool HasTruncated(Node* truncatedBy) => Top == null && (thread == null || thread == truncatedBy);

    /// <summary>Notes what is open when it begins.</summary>
    public void AddOpen(List<OpenFrame> frames)
    {
        foreach (var frame in frames)
            open.Add(KeyOf(frame));
    }

    /// <summary>Whether an activation was open when it began.</summary>
    public bool WasOpen(OpenFrame frame) => open.Contains(KeyOf(frame));

    // Without a clock, the number of calls that have ended tells a later activation of the context.
    static (nint, nint, long, long) KeyOf(OpenFrame frame) => (frame.Slot, frame.Node, frame.Start, frame.Calls);
}
