using System.Globalization;
using Spectre.Console;

namespace ProfilerWeaver.Tool;

/// <summary>A difference for people, on a screen: the heaviest cause is the first line.</summary>
static class DifferenceText
{
    /// <summary>Writes it; at a terminal in colour.</summary>
    /// <param name="difference">The difference.</param>
    /// <param name="most">How many causes and how many times are shown.</param>
    /// <param name="output">Where to.</param>
    public static void Write(ProfileDifference difference, int most, TextWriter output)
    {
        DifferenceLine.Print([.. CauseText.Of(difference.Causes, most), .. Notes(difference)], output);
        var times = DifferenceTimes.Of(difference);
        if (times.Count == 0)
            return;
        output.WriteLine();
        var table = new TextTable(new("self before", IsNumber: true), new("self now", IsNumber: true), new("change", IsNumber: true),
            new("p", IsNumber: true), new("method"));
        foreach (var method in times.Take(most))
            table.Add(DifferenceTimes.Cells(method, difference.Unit));
        if (output == Console.Out)
            table.Write();
        else
            table.WritePlain(output);
        DifferenceLine.Print([new(DifferenceTimes.Note(difference, times.Count - most), Heat.Dim)], output);
    }

    /// <summary>All but causes and times, a line each.</summary>
    public static IEnumerable<DifferenceLine> Notes(ProfileDifference difference)
    {
        if (difference.Causes.Count == 0)
            yield return new("No method is called more or less often per call of its caller.", Style.Plain);
        foreach (var move in difference.Moves)
            yield return new($"moved: {CallText.Of(move)}", Style.Plain);
        foreach (var (from, to) in difference.Renamed.OrderBy(pair => pair.Value, StringComparer.Ordinal))
            yield return new($"renamed? {Printable.Text(from)} → {Printable.Text(to)} (same callers, callees and calls)", Style.Plain);
        var (added, gone, moved, unstable) = (Where(method => method.IsAdded), Where(method => method.IsGone),
            difference.Methods.Where(method => method.Files is not null).ToArray(), Where(method => !method.IsStable));
        if (added.Length > 0)
            yield return new($"new: {CallText.Methods(added.Length)}: {CallText.Names(added)}", Style.Plain);
        if (gone.Length > 0)
            yield return new($"gone: {CallText.Methods(gone.Length)}: {CallText.Names(gone)}", Style.Plain);
        if (moved.Length > 0)
            yield return new($"in another file: {CallText.Methods(moved.Length)}: {CallText.Names([.. moved.Select(InFiles)])}", Style.Plain);
        if (unstable.Length > 0)
        {
            yield return new($"~ {CallText.Methods(unstable.Length)} differ between runs of one side: {CallText.Names(unstable)}",
                Heat.Dim);
        }
        if (!difference.HasTree)
            yield return new("Not all of the profiles have a call tree: a caller that is called by others than before may look like a cause.", Heat.Dim);
        yield return new(Summary(difference), Heat.Dim);

        string[] Where(Func<MethodDifference, bool> condition) => [.. difference.Methods.Where(condition).Select(method => method.Name)];
    }

    static string Summary(ProfileDifference difference)
    {
        var (before, now) = (difference.CallsBefore, difference.CallsAfter);
        var change = before.Median == 0 ? "" : string.Format(CultureInfo.InvariantCulture, " ({0:+0.0;-0.0;0.0} %)",
            100.0 * (now.Median - before.Median) / before.Median);
        return $"{(before.IsStable ? "" : "~")}{CallText.Number(before.Median)} → {(now.IsStable ? "" : "~")}{CallText.Calls(now.Median)}" +
            $"{change} in {CallText.Methods(difference.Methods.Count)}; {Runs(difference.RunsBefore)} → {Runs(difference.RunsAfter)}";
    }

    static string InFiles(MethodDifference method) => $"{method.Name} ({method.Files!.Value.Before} → {method.Files.Value.After})";

    static string Runs(int runs) => runs == 1 ? "1 run" : $"{runs} runs";
}
