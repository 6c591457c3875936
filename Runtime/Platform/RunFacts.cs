using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Runtime.InteropServices;

namespace ProfilerWeaver;

/// <summary>What the process runs on, and what .NET did in it that lies in the times of the program's methods.</summary>
static class RunFacts
{
    /// <summary>The time that all threads have spent in the JIT compiler since the process began; 0 where .NET does not
    /// tell.</summary>
    public static TimeSpan JitTime =>
#if NET8_0_OR_GREATER
        JitInfo.GetCompilationTime(currentThread: false);
#else
        TimeSpan.Zero;
#endif

    /// <summary>How long the program has been stopped for the garbage collector since the process began; 0 where .NET does not
    /// tell.</summary>
    public static TimeSpan GcPauses =>
#if NET8_0_OR_GREATER
        GC.GetTotalPauseDuration();
#else
        TimeSpan.Zero;
#endif

    /// <summary>The machine, the operating system and so on, by their names in a profile.</summary>
    public static IEnumerable<KeyValuePair<string, string>> OfThisProcess()
    {
        if (Assembly.GetEntryAssembly()?.GetName().Version is { } version)
            yield return new("program version", version.ToString());
        yield return new("machine", Environment.MachineName);
        yield return new("os", RuntimeInformation.OSDescription);
        yield return new("architecture", RuntimeInformation.ProcessArchitecture.ToString());
        yield return new("runtime", RuntimeInformation.FrameworkDescription);
        yield return new("processors", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
    }
}
