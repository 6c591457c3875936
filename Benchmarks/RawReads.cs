using System.Runtime.CompilerServices;

namespace ProfilerWeaver.Benchmarks;

/// <summary>The limit: two raw reads of a clock and nothing else.</summary>
static unsafe class RawReads
{
    static long s_sink;

    /// <summary>A workload that reads <paramref name="clock"/> twice for each call.</summary>
    public static Action<int> Of(Clock clock)
    {
        var code = clock.CounterCode;
        if (code != 0)
            return calls => Counter(code, calls);
        var reader = (nint)clock.Reader;
        return calls => Reader(reader, calls);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Counter(nint code, int calls)
    {
        long sum = 0;
        for (var i = 0; i < calls; i++)
        {
            var start = CycleCounter.Read(code);
            sum += CycleCounter.Read(code) - start;
        }
        s_sink = sum;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static void Reader(nint reader, int calls)
    {
        var read = (delegate*<long>)reader;
        long sum = 0;
        for (var i = 0; i < calls; i++)
        {
            var start = read();
            sum += read() - start;
        }
        s_sink = sum;
    }
}
