namespace ProfilerWeaver;

/// <summary>The statistics of one thread of a profile.</summary>
/// <param name="Id">The thread's number in its recording, from 1 in the order of their first recorded call.</param>
/// <param name="Name">The name the program gave the thread; empty if none.</param>
/// <param name="Stats">The statistics of this thread alone.</param>
public sealed record ThreadStats(int Id, string Name, Stats Stats)
{
    /// <summary>The number and the name.</summary>
    public override string ToString() => Name.Length == 0 ? $"thread {Id}" : $"thread {Id} ({Name})";
}
