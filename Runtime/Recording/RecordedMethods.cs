namespace ProfilerWeaver;

/// <summary>What is known of the methods of a process, by their ids.</summary>
sealed class RecordedMethods
{
    readonly List<MethodLabel> labels = [];
    readonly List<MethodKind> kinds = [];

    /// <summary>How many ids were given.</summary>
    public int Count => labels.Count;

    /// <summary>Adds a module, whose ids follow those of the one before.</summary>
    public void Add(MethodTable table)
    {
        labels.AddRange(table.Labels);
        kinds.AddRange(table.Kinds);
    }

    public MethodLabel Label(int method) => labels[method];

    /// <summary>Whether an entry resumes the method whose id is one less.</summary>
    public bool IsResume(int method) => kinds[method] == MethodKind.Resume;

    /// <summary>Whether the method is resumed, or is the resume of one.</summary>
    public bool IsResumable(int method) => IsResume(method) || (method + 1 < Count && IsResume(method + 1));
}
