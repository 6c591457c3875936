namespace ProfilerWeaver;

/// <summary>What a profile recorded before it was disabled. Each recording has threads of its own; where there are many, those that
/// are smallest together become one, so that a program that switches on and off all the time does not need more and more memory.</summary>
sealed class FinishedRecordings
{
    /// <summary>How many are kept apart.</summary>
    public const int Most = 16;

    readonly List<ProfileSource> parts = [];

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyList<ProfileSource> Parts => parts;

    /// <summary>Adds the next one.</summary>
    public void Add(ProfileSource part)
    {
        parts.Add(part);
        if (parts.Count <= Most)
            return;
        try
        {
            FoldSmallest();
        }
        catch (OutOfMemoryException)
        {
            // There is one more.
        }
    }

    // But for the last one, which may still be where it was recorded.
    void FoldSmallest()
    {
        var sizes = parts.GetRange(0, parts.Count - 1).ConvertAll(part => SizeOf(part.ToData()));
        var first = 0;
        for (var i = 1; i + 1 < sizes.Count; i++)
        {
            if (sizes[i] + sizes[i + 1] < sizes[first] + sizes[first + 1])
                first = i;
        }
        parts[first] = new ReadyProfile(FoldedProfile.Of(parts[first], parts[first + 1]));
        parts.RemoveAt(first + 1);
    }

    static long SizeOf(ProfileData data)
    {
        var contexts = 0L;
        foreach (var thread in data.Threads)
            contexts += thread.Tree.Count + (thread.Truncated?.Count ?? 0);
        return contexts;
    }
}
