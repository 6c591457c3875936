namespace ProfilerWeaver;

/// <summary>What is known of the methods of a process, by their ids.</summary>
sealed class RecordedMethods
{
    readonly Sequence<MethodLabel> labels = new();
    readonly Sequence<EntryKind> kinds = new();

    // The measurement with the lowest id; -1: none.
    int measurement = -1;
    readonly Sequence<int> rows = new();

    /// <summary>How many ids were given.</summary>
    public int Count => labels.Count;

    /// <summary>Adds a module, whose ids follow those of the one before.</summary>
    public void Add(MethodTable table)
    {
        for (var i = 0; i < table.Labels.Count; i++)
        {
            var isMeasurement = table.Kinds[i] == EntryKind.Ordinary && MeasurementLabel.Is(table.Labels[i]);
            if (isMeasurement && measurement < 0)
                measurement = labels.Count;
            rows.Add(isMeasurement ? measurement : labels.Count);
            labels.Add(table.Labels[i]);
            kinds.Add(table.Kinds[i]);
        }
    }

    public MethodLabel Label(int method) => labels[method];

    /// <summary>The method that stands for this one in a profile.</summary>
    public int RowOf(int method) => rows[method];

    /// <summary>Whether it is the scope of a measurement.</summary>
    public bool IsMeasurement(int method) => measurement >= 0 && rows[method] == measurement;

    /// <summary>Whether an entry resumes the method whose id is one less.</summary>
    public bool IsResume(int method) => kinds[method] is EntryKind.Resume or EntryKind.AsyncResume;

    /// <summary>Whether the method is async, or is the resume of one.</summary>
    public bool IsAsync(int method) => kinds[method] == EntryKind.AsyncResume
        || (method + 1 < Count && kinds[method + 1] == EntryKind.AsyncResume);

    /// <summary>Whether the method is resumed, or is the resume of one.</summary>
    public bool IsResumable(int method) => IsResume(method) || (method + 1 < Count && IsResume(method + 1));
}
