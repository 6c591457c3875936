using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>What became of an assembly.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Path">Where the woven one is.</param>
/// <param name="Summary">What was done to it; null if it was not woven.</param>
sealed record WeavingOutcome(string Name, string Path, WeavingSummary? Summary)
{
    /// <summary>Why it was not woven.</summary>
    public string Failure { get; init; } = "";

    /// <summary>What the JIT says of the bodies, if it was asked.</summary>
    public BodyReader? Bodies { get; init; }

    public bool IsFailure => Summary is null || Bodies is { Refused.Count: > 0 };

    /// <summary>All that the user should know besides the numbers.</summary>
    public IEnumerable<string> Notes()
    {
        if (Summary is null)
            yield return Failure;
        foreach (var (reason, count) in Summary?.Reasons ?? [])
            yield return $"{count} skipped: {reason}";
        foreach (var warning in Summary?.Warnings ?? [])
            yield return "warning: " + warning;
        foreach (var refused in Bodies?.Refused ?? [])
            yield return "refused: " + refused;
        if (Bodies is { Unread.Count: > 0 } bodies)
            yield return $"{bodies.Unread.Count} generic bodies not compiled: no suitable type arguments found";
    }
}
