namespace ProfilerWeaver;

/// <summary>What the figures of a context are called in the files of other tools that can hold several.</summary>
static class ExportedMetricName
{
    public const string Calls = "calls", Time = "time", Resumes = "resumes";
}
