using System.Text;

namespace ProfilerWeaver.Tool;

/// <summary>A difference for a pull request.</summary>
static class DifferenceMarkdown
{
    public static void Write(ProfileDifference difference, int most, TextWriter output)
    {
        WriteCauses(difference.Causes, most, output);
        foreach (var note in DifferenceText.Notes(difference))
            output.WriteLine("- " + MachineFormats.Escaped(note.Text));
        var times = DifferenceTimes.Of(difference);
        if (times.Count == 0)
            return;
        output.WriteLine();
        output.WriteLine("| self before | self now | change | p | method |");
        output.WriteLine("| ---: | ---: | ---: | ---: | --- |");
        foreach (var method in times.Take(most))
            output.WriteLine($"| {string.Join(" | ", DifferenceTimes.Cells(method, difference.Unit).Select(MachineFormats.Escaped))} |");
        output.WriteLine();
        output.WriteLine(MachineFormats.Escaped(DifferenceTimes.Note(difference, times.Count - most)));
    }

    /// <summary>Writes a table of causes, and what follows each.</summary>
    public static void WriteCauses(IReadOnlyList<CallChange> causes, int most, TextWriter output)
    {
        if (causes.Count == 0)
            return;
        output.WriteLine("| method | before | now | per call of | calls |");
        output.WriteLine("| --- | ---: | ---: | --- | ---: |");
        foreach (var cause in causes.Take(most))
        {
            string[] cells =
            [
                (cause.IsStable ? "" : "~ ") + cause.Method, cause.RatioBefore, cause.RatioAfter, cause.Caller ?? "",
                $"{CallText.Number(cause.Before)} → {CallText.Number(cause.After)}",
            ];
            output.WriteLine($"| {string.Join(" | ", cells.Select(MachineFormats.Escaped))} |");
        }
        output.WriteLine();
        foreach (var cause in causes.Take(most))
        {
            if (CallText.FollowersOf(cause) is { } followers)
                output.WriteLine($"- With {MachineFormats.Escaped(cause.Method)}: {MachineFormats.Escaped(followers)}");
        }
        if (causes.Count > most)
            output.WriteLine($"- ... and {CallText.Number(causes.Count - most)} more");
    }
}
