namespace ProfilerWeaver;

/// <summary>How <see cref="Profiles.Merge"/> merges.</summary>
public sealed record MergeOptions
{
    /// <summary>Keys and values of a scope below which all that is merged lies; none: it stays where it is.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>What each profile is told apart by: <c>machine</c>, <c>version</c>, <c>os</c>, <c>architecture</c> or <c>runtime</c>, as it
    /// says of its run. It becomes a label of that profile. None: profiles of different machines become one.</summary>
    public IReadOnlyList<string> By { get; init; } = [];

    /// <summary>How many bytes of memory to take before a temporary folder is used; never more than half of what the process may
    /// have. The merged profile must fit in memory when it is written, some 15 bytes per context.</summary>
    public long MemoryLimit { get; init; } = 512L << 20;

    /// <summary>Is told each file that cannot be merged, and why; the others are merged without it. Null: the first such file
    /// ends it.</summary>
    public Action<string, Exception>? LeftOut { get; init; }
}
