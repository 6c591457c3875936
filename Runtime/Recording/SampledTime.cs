using System.Diagnostics;

namespace ProfilerWeaver;

/// <summary>The time that a <see cref="Sampler"/> charges to threads, which it reads on a thread of its own.</summary>
abstract class SampledTime
{
    /// <summary>Elapsed time.</summary>
    public static SampledTime Wall { get; } = new Elapsed();

    /// <summary>The processor time of each thread.</summary>
    public static SampledTime Cpu { get; } = new OfThread();

    /// <summary>Whether it is the time in which counting a call takes some of it.</summary>
    public virtual bool IsReal => true;

    /// <summary>What <see cref="Read"/> wants to know of the calling thread.</summary>
    public abstract int ClockOfThisThread();

    /// <summary>What the clock of a thread says.</summary>
    public abstract long Read(int clock);

    sealed class Elapsed : SampledTime
    {
        public override int ClockOfThisThread() => 0;

        public override long Read(int clock) => Stopwatch.GetTimestamp();
    }

    sealed class OfThread : SampledTime
    {
        public override int ClockOfThisThread() => OtherThreadCpuTime.ClockOfThisThread();

        public override long Read(int clock) => OtherThreadCpuTime.Read(clock);
    }
}
