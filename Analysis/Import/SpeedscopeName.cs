namespace ProfilerWeaver;

/// <summary>What files for speedscope have that speedscope passes over.</summary>
static class SpeedscopeName
{
    public const string Exporter = "ProfilerWeaver";

    /// <summary>What the values of a profile count, so that the figures of one thread find together again.</summary>
    public const string Metric = "profilerWeaverMetric";
}
