using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>What became of an assembly.</summary>
/// <param name="Name">Its file name.</param>
/// <param name="Path">Where the woven one is.</param>
/// <param name="Report">What was done to it; null if it was not woven.</param>
sealed record WeavingOutcome(string Name, string Path, WeavingReport? Report)
{
    /// <summary>Why it was not woven.</summary>
    public string Failure { get; init; } = "";

    /// <summary>What the JIT says of the bodies, if it was asked.</summary>
    public BodyReader? Bodies { get; init; }

    public bool IsFailure => Report is null || Bodies is { Refused.Count: > 0 };

    /// <summary>All that the user should know besides the numbers.</summary>
    public IEnumerable<string> Notes()
    {
        if (Report is null)
            yield return Failure;
        foreach (var reason in (Report?.Skipped ?? []).GroupBy(method => method.Reason).OrderByDescending(group => group.Count()))
            yield return $"{reason.Count()} skipped: {reason.Key}";
        foreach (var warning in Report?.Warnings ?? [])
            yield return "warning: " + warning;
        foreach (var refused in Bodies?.Refused ?? [])
            yield return "refused: " + refused;
        if (Bodies is { Unread.Count: > 0 } bodies)
            yield return $"{bodies.Unread.Count} generic bodies not read: no type arguments were found that fit";
    }
}
