using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// The processor time of threads as another thread reads it: on Linux each thread has a clock, whose number follows from the
/// thread's own. <c>pthread_getcpuclockid</c> computes the same, but older C libraries have it where .NET does not look.
/// </summary>
static unsafe class OtherThreadCpuTime
{
    public const double SecondsPerTick = ThreadCpuTime.SecondsPerTick;

    // CPUCLOCK_PERTHREAD_MASK | CPUCLOCK_SCHED of the kernel's <linux/posix-timers.h>.
    const int PerThread = 4 | 2;

    // The number of the system call gettid; 0 where it is not known.
    static readonly int GetThreadId = !RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? 0
        : RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => 186,
            Architecture.Arm64 => 178,
            _ => 0,
        };

    /// <summary>Whether this system has such clocks.</summary>
    public static bool IsSupported => GetThreadId != 0;

    /// <summary>The clock of the calling thread.</summary>
    public static int ClockOfThisThread() => ~(int)SystemCall(GetThreadId) << 3 | PerThread;

    /// <summary>Reads a thread's clock; 0 if the thread has ended.</summary>
    public static long Read(int clock) => ThreadCpuTime.ReadClock(clock);

    [DllImport("libc", EntryPoint = "syscall")]
    static extern nint SystemCall(nint number);
}
