using System.Diagnostics;

namespace ProfilerWeaver.Benchmarks;

/// <summary>Something that is timed as it is and while it is profiled, in turns with all the others.</summary>
sealed class Row
{
    const double RoundMilliseconds = 4;

    readonly Action<int> plain;
    readonly Action<int> profiled;
    readonly List<double> plainTimes = [];
    readonly List<double> profiledTimes = [];
    readonly Func<Profile>? profile;
    readonly Action? prepare;
    int calls = 20_000;

    /// <summary>Makes a row.</summary>
    /// <param name="name">What the table says.</param>
    /// <param name="workload">What to run, unwoven and woven.</param>
    /// <param name="profile">Makes the profile that records meanwhile; null: none does.</param>
    /// <param name="prepare">What to do before it is timed while profiled.</param>
    public Row(string name, (Action<int> Unwoven, Action<int> Woven) workload, Func<Profile>? profile, Action? prepare = null)
    {
        Name = name;
        (plain, profiled) = workload;
        this.profile = profile;
        this.prepare = prepare;
    }

    public string Name { get; }

    /// <summary>Nanoseconds a call as it is; the median of all rounds.</summary>
    public double Plain => Median(plainTimes);

    /// <summary>Nanoseconds a call while it is profiled; the median of all rounds.</summary>
    public double Profiled => Median(profiledTimes);

    /// <summary>What profiling adds to a call, in nanoseconds.</summary>
    public double Added => Profiled - Plain;

    /// <summary>One of several passes that let .NET compile the code for good, in its background, and find out how many
    /// calls fill a round.</summary>
    public void WarmUp()
    {
        Measure();
        calls = (int)Math.Clamp(RoundMilliseconds * 1e6 / Math.Max(profiledTimes[^1], 0.2), 22_000, 5_000_000);
        plainTimes.Clear();
        profiledTimes.Clear();
    }

    public void Measure()
    {
        plainTimes.Add(Time(plain, calls));
        using var recording = profile?.Invoke();
        recording?.Enable();
        prepare?.Invoke();
        // As long as a round: a processor that was idle takes some milliseconds to run at its usual speed.
        profiled(calls);
        profiledTimes.Add(Time(profiled, calls));
    }

    static double Time(Action<int> workload, int calls) => StackOffsets.Next(() =>
    {
        var start = Stopwatch.GetTimestamp();
        workload(calls);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    });

    static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[sorted.Count / 2] + sorted[(sorted.Count - 1) / 2]) / 2;
    }
}
