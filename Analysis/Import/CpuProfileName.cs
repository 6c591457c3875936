namespace ProfilerWeaver;

/// <summary>What <c>.cpuprofile</c> files have that other tools pass over: there a node's hits are samples, here they are
/// calls.</summary>
static class CpuProfileName
{
    public const string HitsAre = "profilerWeaverHits", Calls = "calls";
}
