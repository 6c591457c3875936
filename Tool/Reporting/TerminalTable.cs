using System.Globalization;
using Spectre.Console;

namespace ProfilerWeaver.Tool;

/// <summary>Tables for people at a terminal: as wide as it is, and warm where the time goes.</summary>
static class TerminalTable
{
    const int NumbersWidth = 52;

    public static void Write(ReportRequest request, IAnsiConsole console)
    {
        var stats = request.Stats;
        foreach (var file in stats.Files)
            console.WriteLine(file);
        var primitive = stats.PrimitiveCalls == stats.TotalCalls ? "" : $" ({stats.PrimitiveCalls:N0} primitive calls)";
        console.MarkupLine(string.Create(CultureInfo.InvariantCulture,
            $"[bold]{stats.TotalCalls:N0}[/] function calls{primitive} in [bold]{stats.TotalTime:F3}[/] seconds"));
        var rows = request.Rows();
        var shown = rows.Count == stats.Count ? "" : string.Create(CultureInfo.InvariantCulture, $", {rows.Count} of {stats.Count} rows");
        console.MarkupLineInterpolated($"[grey]Ordered by: {stats.SortDescription ?? "file"}{shown}[/]");
        if (rows.Count > 0)
            console.Write(request.Content == ReportContent.Methods ? Methods(request, rows, console) : Edges(request, console));
    }

    static Table Methods(ReportRequest request, IReadOnlyList<MethodStats> rows, IAnsiConsole console)
    {
        var table = Numbers("ncalls", "tottime", "percall", "cumtime", "percall").AddColumn(Function());
        var total = Math.Max(request.Stats.TotalTime, double.Epsilon);
        var width = console.Profile.Width - NumbersWidth;
        foreach (var row in rows)
        {
            table.AddRow(
                new Text(PythonText.Calls(row.Figures)),
                Time(row.TotalTime, row.TotalTime / total),
                Time(row.TotalTime / row.Calls, 0),
                Time(row.CumulativeTime, row.CumulativeTime / total),
                Time(row.CumulativeTime / row.PrimitiveCalls, 0),
                Label(row.Label, width));
        }
        return table;
    }

    static Table Edges(ReportRequest request, IAnsiConsole console)
    {
        var callers = request.Content == ReportContent.Callers;
        var table = Numbers("ncalls", "tottime", "cumtime").AddColumn(Function())
            .AddColumn(new TableColumn(callers ? "was called by" : "called") { NoWrap = true });
        var total = Math.Max(request.Stats.TotalTime, double.Epsilon);
        var width = (console.Profile.Width - NumbersWidth + 18) / 2;
        MethodLabel? last = null;
        foreach (var (method, other, figures) in request.Edges())
        {
            table.AddRow(
                new Text(PythonText.Calls(figures)),
                Time(figures.TotalTime, figures.TotalTime / total),
                Time(figures.CumulativeTime, figures.CumulativeTime / total),
                last == method ? Text.Empty : Label(method, width),
                Label(other, width));
            last = method;
        }
        return table;
    }

    static Table Numbers(params string[] headings)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in headings)
            table.AddColumn(new TableColumn(heading) { Alignment = Justify.Right, NoWrap = true });
        return table;
    }

    static TableColumn Function() => new("filename:lineno(function)") { NoWrap = true };

    static Text Time(double time, double share) => new(double.IsFinite(time) ? PythonText.Fixed3(time) : "",
        share switch
        {
            >= 0.25 => new Style(Color.Red, decoration: Decoration.Bold),
            >= 0.05 => new Style(Color.Yellow),
            _ => time < 0.0005 ? new Style(Color.Grey) : Style.Plain,
        });

    // The end of a name says more than its beginning, which is a namespace.
    static Text Label(MethodLabel label, int width)
    {
        var text = label.ToString();
        if (PythonText.Length(text) > width && width > 1)
            text = "…" + text[^Math.Min(text.Length, width - 1)..];
        return new(text, label.IsExternal ? new Style(Color.Grey) : Style.Plain);
    }
}
