namespace ProfilerWeaver;

/// <summary>The report as one of the formats that a profile can be written in.</summary>
sealed class HtmlWriter : IProfileWriter
{
    public void Write(ExportedProfile profile, Stream output) =>
        HtmlReport.Write(profile.Stats, new() { MostContexts = profile.Options.MaxNodes ?? HtmlOptions.DefaultMostContexts }, output);
}
