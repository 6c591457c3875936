namespace ProfilerWeaver;

/// <summary>A method id for the scope of a measurement, so that no two that are open have a context in common. Ids are used again as
/// soon as nothing that was called in the measurement is open. Callers must take turns.</summary>
sealed class MeasurementContext(int method)
{
    // More measurements than this, which were left with something going on in them, may get what others have left behind.
    const int Most = 10_000;

    static readonly Stack<MeasurementContext> Unused = new();
    static readonly Queue<MeasurementContext> InUse = new();
    static int tables;
    static int count;

    int session;

    /// <summary>The id.</summary>
    public int Method => method;

    /// <summary>What its contexts had when it was used last.</summary>
    public ContextReading Known { get; private set; } = new();

    /// <summary>One that nobody uses.</summary>
    /// <param name="recording">The number of the recording that it is for.</param>
    public static MeasurementContext Take(int recording)
    {
        // Nothing goes on in a recording that has ended.
        while (InUse.Count > 0 && InUse.Peek().session != recording)
            Unused.Push(InUse.Dequeue());
        var isFull = count >= Most && InUse.Count > 0;
        if (Unused.Count == 0 && !isFull)
        {
            foreach (var id in ScopeLabels.MoreMeasurements(tables++))
            {
                Unused.Push(new(id));
                count++;
            }
        }
        var context = Unused.Count > 0 ? Unused.Pop() : InUse.Dequeue();
        if (context.session != recording)
            (context.session, context.Known) = (recording, new());
        return context;
    }

    /// <summary>Gives it back, with nothing called in it.</summary>
    public void Return() => Unused.Push(this);

    /// <summary>Reads what was called in it, and gives it back.</summary>
    public ProfileData Read(RecordedWindow window)
    {
        var taken = new ContextReading();
        var data = WindowReader.Read(window, taken, out var isInUse);
        Known.Add(taken);
        if (isInUse)
            InUse.Enqueue(this);
        else
            Unused.Push(this);
        return data;
    }
}
