namespace ProfilerWeaver.Weaving;

/// <summary>The result of weaving a module, in numbers.</summary>
/// <param name="Woven">How many methods were woven.</param>
/// <param name="Reasons">Why methods were skipped, and how many; the most frequent reason first.</param>
/// <param name="Warnings">Problems the user should look at, although the module was woven.</param>
/// <param name="Milliseconds">How long weaving took.</param>
public sealed record WeavingSummary(
    int Woven, IReadOnlyList<(string Reason, int Count)> Reasons, IReadOnlyList<string> Warnings, long Milliseconds)
{
    /// <summary>How many methods were skipped.</summary>
    public int Skipped => Reasons.Sum(reason => reason.Count);

    /// <summary>The numbers in one line.</summary>
    public override string ToString()
    {
        var why = Skipped == 0 ? "" : $" ({string.Join(", ", Reasons.Select(reason => $"{reason.Count} {reason.Reason}"))})";
        return $"{Woven} method{(Woven == 1 ? "" : "s")} woven, {Skipped} skipped{why}, {Milliseconds} ms";
    }
}
