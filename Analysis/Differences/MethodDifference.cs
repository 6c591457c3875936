namespace ProfilerWeaver;

/// <summary>A row of both sides.</summary>
/// <param name="Name">The name, without file and line; now, if it was renamed.</param>
/// <param name="Before">The calls before.</param>
/// <param name="After">The calls now.</param>
/// <param name="Self">The time in the method itself.</param>
sealed record MethodDifference(string Name, RunCounts Before, RunCounts After, TimeChange Self)
{
    /// <summary>What it seems to have been called before; null: the same.</summary>
    public string? OldName { get; init; }

    /// <summary>The file it was in before, if it is in another one now.</summary>
    public (string Before, string After)? Files { get; init; }

    /// <summary>Whether no run before called it.</summary>
    public bool IsAdded => Before.IsNone && !After.IsNone;

    /// <summary>Whether no run now calls it.</summary>
    public bool IsGone => After.IsNone && !Before.IsNone;

    /// <summary>Whether the runs of a side disagree on its calls.</summary>
    public bool IsStable => Before.IsStable && After.IsStable;
}
