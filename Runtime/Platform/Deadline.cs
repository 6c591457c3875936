using System.Diagnostics;

namespace ProfilerWeaver;

/// <summary>An instant in some time, whatever becomes of the system's clock, which may be set forward or back.</summary>
readonly struct Deadline
{
    readonly long timestamp;

    Deadline(long timestamp) => this.timestamp = timestamp;

    /// <summary>The instant in that time.</summary>
    public static Deadline In(TimeSpan time) => new(Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));

    /// <summary>The time until then; negative afterwards.</summary>
    public TimeSpan Left => TimeSpan.FromSeconds((timestamp - Stopwatch.GetTimestamp()) / (double)Stopwatch.Frequency);

    /// <summary>Whether it is over.</summary>
    public bool IsOver => Stopwatch.GetTimestamp() >= timestamp;
}
