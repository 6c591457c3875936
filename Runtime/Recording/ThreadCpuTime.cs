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
    static readonly bool IsWindows = RuntimeInformation.IsOSPlatform(OSPlatform.Windows);

    public const double SecondsPerTick = Nanosecond;

    /// <summary>Nanoseconds; 0 if the system does not tell.</summary>
    public static long Read()
    {
        if (IsWindows)
        {
            long created, ended, kernel, user;
            return GetThreadTimes(GetCurrentThread(), &created, &ended, &kernel, &user) != 0
                ? (kernel + user) * NanosecondsPerFileTime
                : 0;
        }
        Timespec time;
        return ClockGetTime(ThreadClock, &time) == 0 ? time.Seconds * 1_000_000_000L + time.Nanoseconds : 0;
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
