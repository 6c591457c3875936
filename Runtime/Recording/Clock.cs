using System.Diagnostics;

namespace ProfilerWeaver;

/// <summary>
/// What a recording measures with. A clock is chosen once, when the recording begins; the recorder reads it through
/// <see cref="CounterCode"/> or <see cref="Timer"/>, or is left with the stopwatch.
/// </summary>
sealed unsafe class Clock
{
    long originOfStopwatch;
    long originOfCounter;

    Clock(string name) => Name = name;

    /// <summary>The best clock for elapsed time here: the processor's time-stamp counter where it is sound, otherwise
    /// the stopwatch.</summary>
    public static Clock Wall { get; } = MakeWall();

    /// <summary>What a reader of the profile is told about the clock.</summary>
    public string Name { get; }

    /// <summary>Machine code that returns the counter; 0 if the clock is read otherwise.</summary>
    public nint CounterCode { get; private init; }

    /// <summary>The user's clock, if the recording has one.</summary>
    public Func<long>? Timer { get; private init; }

    // 0 if it must be measured against the stopwatch.
    double SecondsPerTick { get; init; }

    /// <summary>A clock that calls <paramref name="timer"/>, whose unit is <paramref name="secondsPerTick"/>.</summary>
    public static Clock Custom(Func<long> timer, double secondsPerTick) =>
        new("custom timer") { Timer = timer, SecondsPerTick = secondsPerTick };

    /// <summary>Reads the clock outside the hot path.</summary>
    public long Read() =>
        CounterCode != 0 ? TimeStampCounter.Read(CounterCode)
        : Timer is { } timer ? Recorder.CallTimer(timer)
        : Stopwatch.GetTimestamp();

    /// <summary>The length of a tick in seconds. A counter of unknown frequency is compared with the stopwatch over the
    /// whole time since the clock was made, which may mean to wait until that is long enough (10 ms).</summary>
    public double MeasureTick()
    {
        if (SecondsPerTick != 0)
            return SecondsPerTick;
        var (stopwatch, counter) = ReadBoth();
        while (stopwatch - originOfStopwatch < Stopwatch.Frequency / 100)
            (stopwatch, counter) = ReadBoth();
        return (stopwatch - originOfStopwatch) / ((double)Stopwatch.Frequency * (counter - originOfCounter));
    }

    static Clock MakeWall()
    {
        var counter = TimeStampCounter.TryMakeReader();
        if (counter == 0)
            return new("wall (stopwatch)") { SecondsPerTick = 1.0 / Stopwatch.Frequency };
        var clock = new Clock("wall (time-stamp counter)") { CounterCode = counter };
        (clock.originOfStopwatch, clock.originOfCounter) = clock.ReadBoth();
        return clock;
    }

    // The counter just before and just after the stopwatch: their mean belongs to its instant. The closest pair of a
    // few was not interrupted.
    (long Stopwatch, long Counter) ReadBoth()
    {
        var best = (Stopwatch: 0L, Counter: 0L);
        var closest = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var before = TimeStampCounter.Read(CounterCode);
            var stopwatch = Stopwatch.GetTimestamp();
            var after = TimeStampCounter.Read(CounterCode);
            if (after - before >= closest)
                continue;
            closest = after - before;
            best = (stopwatch, before + closest / 2);
        }
        return best;
    }
}
