using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>
/// The processor time of the calling thread, from the operating system: <c>clock_gettime</c> (POSIX), or
/// <c>GetThreadTimes</c> on Windows, the sum of user and kernel time.
/// </summary>
static unsafe class ThreadCpuTime
{
    const double Nanosecond = 1e-9;
    const int NanosecondsPerFileTime = 100;

    // CLOCK_THREAD_CPUTIME_ID of <time.h>.
    static readonly int ThreadClock = RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? 16 : 3;

    public const double SecondsPerTick = Nanosecond;

    /// <summary>What reads it on this system, in nanoseconds; it returns 0 if the system does not tell.</summary>
    public static delegate*<long> Reader =>
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? &ReadOnWindows : &ReadOnPosix;

    // A method for each system, inlined nowhere: .NET looks for what is imported without a GC transition when it compiles
    // the method, wherever in it the call is.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static long ReadOnWindows()
    {
        long created, ended, kernel, user;
        return GetThreadTimes(GetCurrentThread(), &created, &ended, &kernel, &user) != 0
            ? (kernel + user) * NanosecondsPerFileTime
            : 0;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static long ReadOnPosix() => ReadClock(ThreadClock);

    /// <summary>Reads a clock of a POSIX system by its number, in nanoseconds; 0 if there is none.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static long ReadClock(int clock)
    {
        Timespec time;
        return ClockGetTime(clock, &time) == 0 ? time.Seconds * 1_000_000_000L + time.Nanoseconds : 0;
    }

    // Of a 64-bit system; .NET has no other POSIX systems but 32-bit ARM, whose two longs are half as long.
    struct Timespec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }

#if NET8_0_OR_GREATER
    [SuppressGCTransition]
#endif
    [DllImport("libc", EntryPoint = "clock_gettime")]
    static extern int ClockGetTime(int clock, Timespec* time);

    [DllImport("kernel32")]
    static extern nint GetCurrentThread();

    [DllImport("kernel32")]
    static extern int GetThreadTimes(nint thread, long* created, long* ended, long* kernel, long* user);
}
