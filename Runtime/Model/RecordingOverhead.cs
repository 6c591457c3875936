namespace ProfilerWeaver;

/// <summary>What recording adds to the times in a profile, in ticks of its clock.</summary>
/// <param name="CallTicks">How much longer a recorded call takes than one that is not, in the method and in its caller
/// together.</param>
/// <param name="LeastTicks">The shortest time that the recorder can measure, which it does for a method that does
/// nothing: readings of the clock are that far apart. The processor does other work meanwhile, so that all of a longer
/// method's time is its own.</param>
public sealed record RecordingOverhead(double CallTicks, double LeastTicks)
{
    /// <summary>Nothing is added, or nobody knows how much.</summary>
    public static RecordingOverhead None { get; } = new(0, 0);
}
