using System.Runtime.InteropServices;

namespace ProfilerWeaver.Benchmarks;

/// <summary>What the figures were measured on.</summary>
static class Machine
{
    public static string Describe() =>
        $"{Processor()}, {Environment.ProcessorCount} processors; {RuntimeInformation.OSDescription}; " +
        $"{RuntimeInformation.FrameworkDescription}; clock: {Clock.Wall.Name}";

    static string Processor()
    {
        const string Key = "model name";
        var line = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal))
            : null;
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
