namespace ProfilerWeaver;

/// <summary>What is known of the methods of a process, by their ids.</summary>
sealed class RecordedMethods
{
    // In the order of their ids.
    readonly Sequence<MethodTable> tables = new();
    readonly Sequence<int> firstIds = new();

    // Arrays: whoever reads a tree asks for several of each context.
    Traits[] traits = new Traits[256];
    int[] rows = new int[256];

    // The measurement with the lowest id; -1: none.
    int measurement = -1;

    [Flags]
    enum Traits : byte
    {
        None = 0,
        Resume = 1,
        Resumable = 2,
        Async = 4,
    }

    /// <summary>How many ids were given.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a module, whose ids follow those of the one before.</summary>
    public void Add(MethodTable table)
    {
        var first = Count;
        tables.Add(table);
        firstIds.Add(first);
        Count += table.Count;
        if (Count > rows.Length)
        {
            Array.Resize(ref traits, Math.Max(Count, 2 * rows.Length));
            Array.Resize(ref rows, traits.Length);
        }
        for (var i = 0; i < table.Count; i++)
        {
            var method = first + i;
            var kind = table.KindOf(i);
            var isMeasurement = table.IsOfScopes && kind == EntryKind.Ordinary && MeasurementLabel.Is(table.LabelOf(i));
            if (isMeasurement && measurement < 0)
                measurement = method;
            rows[method] = isMeasurement ? measurement : method;
            if (kind is not (EntryKind.Resume or EntryKind.AsyncResume))
                continue;
            var shared = Traits.Resumable | (kind == EntryKind.AsyncResume ? Traits.Async : Traits.None);
            traits[method] |= Traits.Resume | shared;
            if (method > 0)
                traits[method - 1] |= shared;
        }
    }

    /// <summary>The label of a method, which is read whenever it is asked for.</summary>
    public MethodLabel Label(int method)
    {
        var (low, high) = (0, tables.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (firstIds[middle] <= method)
                low = middle;
            else
                high = middle - 1;
        }
        return tables[low].LabelOf(method - firstIds[low]);
    }

    /// <summary>The method that stands for this one in a profile.</summary>
    public int RowOf(int method) => rows[method];

    /// <summary>Whether it is the scope of a measurement.</summary>
    public bool IsMeasurement(int method) => measurement >= 0 && rows[method] == measurement;

    /// <summary>Whether an entry resumes the method whose id is one less.</summary>
    public bool IsResume(int method) => (traits[method] & Traits.Resume) != 0;

    /// <summary>Whether the method is async, or is the resume of one.</summary>
    public bool IsAsync(int method) => (traits[method] & Traits.Async) != 0;

    /// <summary>Whether the method is resumed, or is the resume of one.</summary>
    public bool IsResumable(int method) => (traits[method] & Traits.Resumable) != 0;
}
