using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace ProfilerWeaver.Benchmarks;

/// <summary>What Python's cProfile adds to the call of an empty function on this machine.</summary>
static class CProfileCost
{
    const string Script = """
        import cProfile, time
        def empty(): pass
        def run(calls):
            start = time.perf_counter()
            for _ in range(calls): empty()
            return (time.perf_counter() - start) / calls * 1e9
        def profiled(calls):
            profile = cProfile.Profile()
            profile.enable()
            try: return run(calls)
            finally: profile.disable()
        median = lambda values: sorted(values)[len(values) // 2]
        plain = median([run(100000) for _ in range(9)])
        print(median([profiled(100000) for _ in range(9)]) - plain)
        """;

    /// <summary>Nanoseconds; null where there is no Python.</summary>
    public static double? Measure()
    {
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["-c", Script]) { RedirectStandardOutput = true })!;
            return double.Parse(python.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
