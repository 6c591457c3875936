namespace ProfilerWeaver.Tool;

/// <summary>The verbs besides <c>run</c>, in the order of the help.</summary>
static class VerbList
{
    public static readonly Verb[] All =
    [
        new WeaveVerb(),
        new StatsVerb(),
        new ReportVerb(),
        new MergeVerb(),
        new PushVerb(),
        new DiffVerb(),
        new CheckVerb(),
        new BrowseVerb(),
        new ExportVerb(),
        new PsVerb(),
        new StatusVerb(),
        new TopVerb(),
        new StartVerb(),
        new StopVerb(),
        new DumpVerb(),
        new ClearVerb(),
        new RecoverVerb(),
        new CacheVerb(),
        new InfoVerb(),
    ];
}
