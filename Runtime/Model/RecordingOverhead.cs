namespace ProfilerWeaver;

/// <summary>What recording a call adds to the times in a profile, in ticks of its clock.</summary>
/// <param name="OwnTicks">Added to the call itself: from the reading of the clock at entry to that at exit, of a method
/// that does nothing.</param>
/// <param name="CallerTicks">Added to the caller: before the reading at entry and after that at exit.</param>
public sealed record RecordingOverhead(double OwnTicks, double CallerTicks)
{
    /// <summary>Nothing is added, or nobody knows how much.</summary>
    public static RecordingOverhead None { get; } = new(0, 0);
}
