using System.Runtime.InteropServices;

namespace ProfilerWeaver.Benchmarks;

/// <summary>
/// Keeps a thread on one processor while it is measured beside another. A scheduler wakes a thread on the processor of
/// the one that woke it and takes milliseconds to move it to an idle one; until then two threads share a processor, and
/// each takes up to twice as long, whatever they do.
/// </summary>
static partial class ProcessorAffinity
{
    const int Bytes = 128;

    /// <summary>Runs <paramref name="action"/> with the current thread on the processor with this number, counted among
    /// those that it may run on, where the operating system lets it be chosen (Linux).</summary>
    public static unsafe void On(int processor, Action action)
    {
        var allowed = stackalloc byte[Bytes];
        if (!OperatingSystem.IsLinux() || sched_getaffinity(0, Bytes, allowed) < 0)
        {
            action();
            return;
        }
        var one = stackalloc byte[Bytes];
        new Span<byte>(one, Bytes).Clear();
        var chosen = Nth(allowed, processor);
        one[chosen / 8] = (byte)(1 << (chosen % 8));
        _ = sched_setaffinity(0, Bytes, one);
        try
        {
            action();
        }
        finally
        {
            _ = sched_setaffinity(0, Bytes, allowed);
        }
    }

    static unsafe int Nth(byte* allowed, int number)
    {
        var last = 0;
        for (var i = 0; i < Bytes * 8; i++)
        {
            if ((allowed[i / 8] & (1 << (i % 8))) == 0)
                continue;
            last = i;
            if (number-- == 0)
                break;
        }
        return last;
    }

    // 0: the current thread.
    [LibraryImport("libc")]
    private static unsafe partial int sched_getaffinity(int thread, nint size, byte* set);

    [LibraryImport("libc")]
    private static unsafe partial int sched_setaffinity(int thread, nint size, byte* set);
}
