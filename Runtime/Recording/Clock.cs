using System.Diagnostics;

namespace ProfilerWeaver;

/// <summary>
/// What a profile measures: elapsed time, CPU time, allocated memory, or nothing but the number of calls. It is fixed when
/// the profile is created.
/// </summary>
public sealed unsafe class Clock
{
    /// <summary>How often a sampler looks, if nothing else is set.</summary>
    internal static readonly TimeSpan DefaultSampleInterval = TimeSpan.FromMilliseconds(1);

    /// <summary>Follows the name in a profile whose times cannot be trusted.</summary>
    internal const string Unsteady = ", unsteady";

    readonly double secondsPerTick;
    readonly delegate*<Func<long>, long> readTimer;
    ClockAnchors? anchors;
    long originOfStopwatch;

    Clock(string name, delegate*<long> reader, double secondsPerTick, delegate*<Func<long>, long> readTimer = null)
    {
        this.readTimer = readTimer;
        Name = name;
        Reader = reader;
        this.secondsPerTick = secondsPerTick;
    }

    /// <summary>Elapsed time, from the best available clock: the processor's counter if it is reliable, otherwise the
    /// stopwatch. Includes waiting.</summary>
    public static Clock Wall { get; } = MakeWall();

    /// <summary>The thread's CPU time, without waiting. Reading it is a system call on most systems, so short calls look
    /// longer than with <see cref="Wall"/>; on Windows it advances in steps of about 16 ms.</summary>
    public static Clock ThreadCpu => OfThread.Cpu;

    /// <summary>The bytes the thread allocated on the managed heap.</summary>
    /// <exception cref="PlatformNotSupportedException">The program runs on .NET Framework or Mono, which do not provide
    /// it.</exception>
    public static Clock Allocations =>
#if NET8_0_OR_GREATER
        OfThread.Allocations;
#else
        throw new PlatformNotSupportedException("The clock \"allocations\" needs .NET 8 or newer; use wall, cpu or none.");
#endif

    /// <summary>No clock: calls are counted, times are 0. The cheapest option.</summary>
    public static Clock None { get; } = new("none", null, 1) { Unit = ClockUnit.None };

    /// <summary>Elapsed time, sampled: calls are counted as exactly as with any clock, but none is read in them. A thread looks
    /// every millisecond (setting <c>SampleInterval</c>) which method each thread is in, and charges what has passed to that.
    /// Hardly dearer than <see cref="None"/>, and short methods do not look longer than they are; what is shown of methods that
    /// take less than some milliseconds in all is chance. Includes waiting.</summary>
    public static Clock Sampled => OfSampler.Wall;

    /// <summary>The threads' CPU time, without waiting, sampled as with <see cref="Sampled"/>.</summary>
    /// <exception cref="PlatformNotSupportedException">The system does not let a thread read the clocks of others: it is not
    /// Linux on x64 or ARM64.</exception>
    public static Clock SampledCpu => OtherThreadCpuTime.IsSupported
        ? OfSampler.Cpu
        : throw new PlatformNotSupportedException("The clock \"sampled-cpu\" needs Linux on x64 or ARM64; use sampled or cpu.");

    /// <summary>What a reader of the profile is told about the clock.</summary>
    public string Name { get; }

    /// <summary>What the clock counts.</summary>
    public ClockUnit Unit { get; private init; }

    /// <summary>Whether each thread has its own, which other threads cannot read.</summary>
    internal bool IsOfThread { get; private init; }

    /// <summary>The time that a sampler charges; null if it is measured in calls.</summary>
    internal SampledTime? SampledTime { get; private init; }

    /// <summary>How often a sampler looks.</summary>
    internal TimeSpan SampleInterval { get; private init; }

    /// <summary>Whether there is anything to read when a call begins and ends.</summary>
    internal bool IsReadInCalls => CounterCode != 0 || Reader != null;

    /// <summary>Machine code that returns the counter; 0 if the clock is read by <see cref="Reader"/>.</summary>
    internal nint CounterCode { get; private init; }

    /// <summary>Reads the clock where <see cref="CounterCode"/> does not; null if there is nothing to read.</summary>
    internal delegate*<long> Reader { get; }

    /// <summary>The user's clock, if the recording has one.</summary>
    internal Func<long>? Timer { get; private init; }

    /// <summary>A clock that calls the user's code.</summary>
    /// <param name="timer">What it calls.</param>
    /// <param name="secondsPerTick">The timer's unit.</param>
    /// <param name="reader">Calls the timer of the recording in progress, safely.</param>
    /// <param name="readTimer">Calls any timer, safely.</param>
    internal static Clock Custom(
        Func<long> timer, double secondsPerTick, delegate*<long> reader, delegate*<Func<long>, long> readTimer) =>
        new("custom timer", reader, secondsPerTick, readTimer) { Timer = timer };

    /// <summary>A clock that is sampled. Each thread has its own then: what was charged to it.</summary>
    internal static Clock MakeSampled(string name, SampledTime time, double secondsPerTick, TimeSpan interval) =>
        new(name, null, secondsPerTick) { SampledTime = time, SampleInterval = interval, IsOfThread = true };

    /// <summary>The same clock with other looks, if it is one that is sampled.</summary>
    internal Clock LookedAtEvery(TimeSpan interval) => SampledTime is null || interval == SampleInterval
        ? this
        : MakeSampled(Name, SampledTime, secondsPerTick, interval);

    /// <summary>A clock that is read by a function.</summary>
    internal static Clock MakeRead(string name, delegate*<long> reader, double secondsPerTick) => new(name, reader, secondsPerTick);

    /// <summary>Elapsed time by the stopwatch, whatever there is that is better.</summary>
    internal static Clock MakeStopwatch() =>
        MakeRead("wall (stopwatch)", &Stopwatch.GetTimestamp, 1.0 / Stopwatch.Frequency);

    /// <summary>Reads the clock outside the hot path.</summary>
    internal long Read() =>
        CounterCode != 0 ? CycleCounter.Read(CounterCode)
        : Timer is { } timer ? readTimer(timer)
        : Reader == null ? 0
        : Reader();

    /// <summary>The length of a tick in seconds. A counter of unknown frequency is compared with the stopwatch over the
    /// whole time since the clock was made, which may mean to wait until that is long enough: after 2 ms the comparison,
    /// good to some 20 ns, is exact to 0.002 %.</summary>
    internal double MeasureTick()
    {
        if (anchors is null)
            return secondsPerTick;
        var (stopwatch, counter, width) = ReadBoth();
        while (stopwatch - originOfStopwatch < Stopwatch.Frequency / 500)
            (stopwatch, counter, width) = ReadBoth();
        anchors.Add(stopwatch, counter, width);
        return anchors.Compare().SecondsPerTick;
    }

    /// <summary>The length of a tick in seconds as far as it is known without waiting.</summary>
    internal double EstimateTick()
    {
        if (anchors is null)
            return secondsPerTick;
        var (stopwatch, counter, width) = ReadBoth();
        anchors.Add(stopwatch, counter, width);
        return anchors.Estimate();
    }

    /// <summary>Whether it has ticked at the same rate as ever, as far as it was compared with the system's clock.</summary>
    internal bool IsSteady => anchors is null || anchors.Compare().IsSteady;

    static Clock MakeWall()
    {
        var counter = CycleCounter.TryMakeReader();
        if (counter == 0)
            return MakeStopwatch();
        var clock = new Clock($"wall ({CycleCounter.Name})", null, secondsPerTick: 0) { CounterCode = counter };
        var (stopwatch, ticks, width) = clock.ReadBoth();
        clock.originOfStopwatch = stopwatch;
        clock.anchors = new(Stopwatch.Frequency);
        clock.anchors.Add(stopwatch, ticks, width);
        return clock;
    }

    // The counter just before and just after the stopwatch: their mean belongs to its instant. The closest pair of a
    // few was hardly interrupted.
    (long Stopwatch, long Counter, long Width) ReadBoth()
    {
        var best = (0L, 0L, 0L);
        var closest = long.MaxValue;
        for (var i = 0; i < 5; i++)
        {
            var before = CycleCounter.Read(CounterCode);
            var stopwatch = Stopwatch.GetTimestamp();
            var after = CycleCounter.Read(CounterCode);
            if (after - before >= closest)
                continue;
            closest = after - before;
            best = (stopwatch, before + closest / 2, closest);
        }
        return best;
    }

    static class OfSampler
    {
        public static readonly Clock Wall =
            MakeSampled("sampled", SampledTime.Wall, 1.0 / Stopwatch.Frequency, DefaultSampleInterval);

        public static readonly Clock Cpu =
            MakeSampled("sampled CPU", SampledTime.Cpu, OtherThreadCpuTime.SecondsPerTick, DefaultSampleInterval);
    }

    // Apart: most programs need none of them when they begin.
    static class OfThread
    {
        public static readonly Clock Cpu =
            new("thread CPU", ThreadCpuTime.Reader, ThreadCpuTime.SecondsPerTick) { IsOfThread = true };

#if NET8_0_OR_GREATER
        public static readonly Clock Allocations =
            new("allocations", &GC.GetAllocatedBytesForCurrentThread, 1) { IsOfThread = true, Unit = ClockUnit.Bytes };
#endif
    }
}
