using Spectre.Console;

namespace ProfilerWeaver.Tool;

/// <summary>What came of a check, for people.</summary>
static class GateText
{
    public static void Write(GateResult result, TextWriter output) => DifferenceLine.Print(Lines(result), output);

    /// <summary>The last line: how much holds.</summary>
    public static string Summary(GateResult result)
    {
        var findings = result.Findings.Count();
        var checks = result.Checks.Count == 1 ? "1 check" : $"{CallText.Number(result.Checks.Count)} checks";
        return findings == 0 ? $"{checks}: all hold"
            : $"{checks}: {(findings == 1 ? "1 finding" : $"{CallText.Number(findings)} findings")}";
    }

    static IEnumerable<DifferenceLine> Lines(GateResult result)
    {
        foreach (var finding in result.Findings)
        {
            var line = finding.Source.Line > 0 ? $"({finding.Source.Line})" : "";
            yield return new(Printable.Text($"{finding.Source.File}{line}: {finding.Message}"), DifferenceLine.More);
            foreach (var detail in finding.Details)
                yield return new("    " + Printable.Text(detail), Style.Plain);
        }
        yield return new(Summary(result), result.Holds ? Style.Plain : DifferenceLine.More);
    }
}
