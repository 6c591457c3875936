namespace ProfilerWeaver;

/// <summary>The overhead that recording adds to the times of a profile, in ticks of its clock.</summary>
/// <param name="CallTicks">How much longer a recorded call takes than an unrecorded one, in the method and its caller
/// together.</param>
/// <param name="LeastTicks">The shortest time the recorder can measure, as for an empty method: the interval between two
/// clock readings. The processor does other work during that interval, so a longer method's time is entirely its
/// own.</param>
public sealed record RecordingOverhead(double CallTicks, double LeastTicks)
{
    /// <summary>There is no overhead, or it is unknown.</summary>
    public static RecordingOverhead None { get; } = new(0, 0);

    /// <summary>Whether no clock is read in calls (<c>Clock.Sampled</c>). Then <see cref="CallTicks"/> is what counting a call
    /// takes, and <see cref="LeastTicks"/> the part of it that lies in the method.</summary>
    public bool IsSampled { get; init; }
}
