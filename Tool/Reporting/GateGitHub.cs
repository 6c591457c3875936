using System.Globalization;
using System.Text;

namespace ProfilerWeaver.Tool;

/// <summary>What came of a check for GitHub Actions: annotations at lines of the sources, and a summary of the step.</summary>
static class GateGitHub
{
    // GitHub shows no more of a step.
    const int MostAnnotations = 10;

    const string SummaryVariable = "GITHUB_STEP_SUMMARY";

    public static void Write(GateResult result, TextWriter output)
    {
        foreach (var finding in result.Findings.Take(MostAnnotations))
        {
            var place = FindingPlace.Of(finding);
            var text = string.Join('\n', finding.Details.Prepend(finding.Message).Select(Printable.Text));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"::error file={Property(place.File)},line={place.Line},title=dotnet prof check::{Data(text)}"));
        }
        if (Environment.GetEnvironmentVariable(SummaryVariable) is { Length: > 0 } file)
            File.AppendAllText(file, Summary(result));
        else
            Messages.WriteLine($"dotnet-prof: warning: {SummaryVariable} is not set, so there is no step to write a summary of.");
    }

    static string Summary(GateResult result)
    {
        var text = new StringBuilder();
        text.Append("### ").Append(MachineFormats.Escaped("dotnet prof check: " + GateText.Summary(result))).Append("\n\n");
        foreach (var finding in result.Findings)
        {
            text.Append("- ").Append(MachineFormats.Escaped(finding.Message)).Append('\n');
            if (finding.Details.Count > 0)
            {
                // In a block of code nothing is markup but its end.
                text.Append("\n  ~~~~~~~~text\n").AppendJoin('\n', finding.Details.Select(detail => "  " + Printable.Text(detail)))
                    .Append("\n  ~~~~~~~~\n\n");
            }
        }
        return text.Append('\n').ToString();
    }

    static string Data(string text) => text.Replace("%", "%25").Replace("\r", "%0D").Replace("\n", "%0A");

    static string Property(string text) => Data(text).Replace(":", "%3A").Replace(",", "%2C");
}
