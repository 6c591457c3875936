namespace ProfilerWeaver.Tool;

/// <summary>Writes the table of all methods, as <c>stats</c> prints it for other programs.</summary>
/// <param name="format">One of <see cref="Report.Formats"/>.</param>
sealed class TableWriter(string format) : IProfileWriter
{
    public void Write(ExportedProfile profile, Stream output) =>
        Report.Write(new ReportRequest(profile.Stats, [], ReportContent.Methods), format, output);
}
