#if WEAVER
namespace ProfilerWeaver.Weaving;
#else
namespace ProfilerWeaver;
#endif

/// <summary>The values of the setting <c>Clock</c>.</summary>
static class ClockName
{
    public const string Wall = "wall";
    public const string Cpu = "cpu";
    public const string Allocations = "allocations";
    public const string None = "none";
    public const string Sampled = "sampled";
    public const string SampledCpu = "sampled-cpu";

    /// <summary>All of them in a sentence.</summary>
    public const string Choice = $"{Wall}, {Cpu}, {Allocations}, {None}, {Sampled} or {SampledCpu}";

    /// <summary>All of them.</summary>
    public static string[] All => [Wall, Cpu, Allocations, None, Sampled, SampledCpu];
}
