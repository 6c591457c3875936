using System.Globalization;

namespace ProfilerWeaver.Benchmarks;

/// <summary>How much memory a process has in use (resident), as Linux counts it.</summary>
static class ProcessMemory
{
    /// <summary>The most that this process had since <see cref="ResetPeak"/>, in bytes.</summary>
    public static long Peak => Of("self", "VmHWM");

    /// <summary>Forgets the most that this process had.</summary>
    /// <returns>What it has now, in bytes.</returns>
    public static long ResetPeak()
    {
        File.WriteAllText("/proc/self/clear_refs", "5");
        return Of("self", "VmRSS");
    }

    /// <summary>The most that a process had, in bytes; 0 if it has ended.</summary>
    public static long PeakOf(int process)
    {
        try
        {
            return Of(process.ToString(CultureInfo.InvariantCulture), "VmHWM");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    /// <summary>As <see cref="PeakOf"/>, of a process that the process has started.</summary>
    public static long PeakOfChild(int process)
    {
        try
        {
            var children = File.ReadAllText($"/proc/{process}/task/{process}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries);
            return children.Select(child => PeakOf(int.Parse(child, CultureInfo.InvariantCulture))).DefaultIfEmpty().Max();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    static long Of(string process, string name)
    {
        foreach (var line in File.ReadLines($"/proc/{process}/status"))
        {
            if (line.StartsWith(name, StringComparison.Ordinal))
                return 1024 * long.Parse(line.Split(' ', '\t', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        }
        return 0;
    }
}
