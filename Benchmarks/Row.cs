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
    int calls = 20_000;

    /// <summary>Makes a row.</summary>
    /// <param name="name">What the table says.</param>
    /// <param name="workload">What to run, unwoven and woven.</param>
    /// <param name="profile">Makes the profile that records meanwhile; null: none does.</param>
    public Row(string name, (Action<int> Unwoven, Action<int> Woven) workload, Func<Profile>? profile)
    {
        Name = name;
        (plain, profiled) = workload;
        this.profile = profile;
    }

    public string Name { get; }

    /// <summary>Nanoseconds a call as it is; the median of all rounds.</summary>
    public double Plain => Median(plainTimes);

    /// <summary>Nanoseconds a call while it is profiled; the median of all rounds.</summary>
    public double Profiled => Median(profiledTimes);

    /// <summary>What profiling adds to a call, in nanoseconds.</summary>
    public double Added => Profiled - Plain;

    /// <summary>Lets .NET compile the code for good and finds out how many calls fill a round.</summary>
    public void WarmUp()
    {
        for (var i = 0; i < 40; i++)
            Measure(calls / 20, calls / 20);
        Thread.Sleep(150);
        for (var i = 0; i < 3; i++)
            Measure(calls, calls);
        calls = (int)Math.Clamp(RoundMilliseconds * 1e6 / Math.Max(Profiled, 0.2), 2_000, 5_000_000);
        Thread.Sleep(100);
        Measure(calls, calls);
        plainTimes.Clear();
        profiledTimes.Clear();
    }

    public void MeasureRound() => Measure(calls, calls);

    void Measure(int plainCalls, int profiledCalls)
    {
        plainTimes.Add(Time(plain, plainCalls));
        using var recording = profile?.Invoke();
        recording?.Enable();
        profiled(profiledCalls / 10);
        profiledTimes.Add(Time(profiled, profiledCalls));
    }

    static double Time(Action<int> workload, int calls)
    {
        var start = Stopwatch.GetTimestamp();
        workload(calls);
        return Stopwatch.GetElapsedTime(start).TotalNanoseconds / calls;
    }

    static double Median(List<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count == 0 ? double.NaN : (sorted[sorted.Count / 2] + sorted[(sorted.Count - 1) / 2]) / 2;
    }
}
