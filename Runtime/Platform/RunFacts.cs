using System.Diagnostics;
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

    // The program's own code begins with it, as far as the recorder can tell.
    static long s_firstWoven;

    /// <summary>Notes that a woven method is about to run, perhaps not for the first time.</summary>
    public static void NoteWoven()
    {
        if (s_firstWoven == 0)
            s_firstWoven = Stopwatch.GetTimestamp();
    }

    /// <summary>How long after the first woven method something happened.</summary>
    /// <param name="timestamp">When it happened, as <see cref="Stopwatch"/> has it.</param>
    public static TimeSpan SinceFirstWoven(long timestamp) => s_firstWoven == 0
        ? TimeSpan.Zero
        : TimeSpan.FromSeconds((timestamp - s_firstWoven) / (double)Stopwatch.Frequency);

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
