using System.Globalization;
using Spectre.Console;

namespace ProfilerWeaver.Tool;

/// <summary>Tables for people at a terminal: as wide as it is, and warm where the time goes.</summary>
static class TerminalTable
{
    public const string LabelTitle = "filename:lineno(function)";
    const int LeastLabel = 20;
    const int LeastName = 16;

    static readonly Padding Narrow = new(0, 0, 1, 0);

    public static void Write(ReportRequest request, IAnsiConsole console)
    {
        WriteSummary(request, console);
        if (request.Content == ReportContent.Methods)
            WriteMethods(request, console);
        else
            WriteEdges(request, console);
    }

    static void WriteSummary(ReportRequest request, IAnsiConsole console)
    {
        var stats = request.Stats;
        foreach (var file in stats.Files)
            console.WriteLine(Printable.Text(file));
        var primitive = stats.PrimitiveCalls == stats.TotalCalls ? "" : Text($" ({stats.PrimitiveCalls:N0} primitive calls)");
        console.MarkupLine(Text($"[bold]{stats.TotalCalls:N0}[/] function calls{primitive}") +
            stats.Format.Sum(stats.TotalTime));
        if (stats.RunText is { } run)
            console.MarkupLineInterpolated($"[grey]{run}[/]");
        var count = request.Rows().Count;
        var shown = count == stats.Count ? "" : Text($", {count} of {stats.Count} rows");
        console.MarkupLineInterpolated($"[grey]Ordered by: {stats.SortDescription ?? "the file"}{shown}[/]");
    }

    static void WriteMethods(ReportRequest request, IAnsiConsole console)
    {
        var rows = request.Rows();
        if (rows.Count == 0)
            return;
        var format = request.Stats.Format;
        var heat = new Heat(request.Stats.TotalTime);
        var columns = FigureColumn.ForPeople(request).ToList();
        var (titles, cells) = Shown(columns);
        if (console.Profile.Width - WidthOf(titles, cells) < LeastLabel)
            (titles, cells) = Shown(columns.FindAll(column => !column.IsDerived));
        var width = console.Profile.Width - WidthOf(titles, cells);
        var table = Numbers(titles).AddColumn(LabelColumn(LabelTitle, "function", width));
        for (var i = 0; i < rows.Count; i++)
            table.AddRow([.. cells[i], Label(rows[i].Label, width, rows[i].IsDominated)]);
        console.Write(table);

        (List<string> Titles, List<List<Text>> Cells) Shown(List<FigureColumn> shown) =>
            (Titles(shown, format), [.. rows.Select(row => Cells(shown, format, heat, row.Figures))]);
    }

    static void WriteEdges(ReportRequest request, IAnsiConsole console)
    {
        var format = request.Stats.Format;
        var heat = new Heat(request.Stats.TotalTime);
        var columns = FigureColumn.ForPeople(request).Where(column => !column.IsDerived).ToList();
        var titles = Titles(columns, format);
        var lines = new List<(MethodLabel? Method, MethodLabel? Other)>();
        var cells = new List<List<Text>>();
        foreach (var (method, others) in request.Edges())
        {
            // Methods without any are asked for, too.
            if (others.Count == 0)
            {
                lines.Add((method, null));
                cells.Add([.. titles.Select(_ => Spectre.Console.Text.Empty)]);
            }
            for (var i = 0; i < others.Count; i++)
            {
                var (other, figures) = others[i];
                lines.Add((i == 0 ? method : null, other));
                cells.Add(Cells(columns, format, heat, figures));
            }
        }
        if (lines.Count == 0)
            return;
        var width = (console.Profile.Width - WidthOf(titles, cells) - 3) / 2 - 1;
        var table = new Table().Border(TableBorder.Simple).AddColumn(LabelColumn(LabelTitle, "function", width));
        AddNumbers(table, titles)
            .AddColumn(request.Content == ReportContent.Callers
                ? LabelColumn("was called by", "caller", width)
                : LabelColumn("called", "callee", width));
        for (var i = 0; i < lines.Count; i++)
        {
            var (method, other) = lines[i];
            table.AddRow([Label(method), .. cells[i], other is null ? new Text("-", new Style(Color.Grey)) : Label(other)]);
        }
        console.Write(table);

        Text Label(MethodLabel? label) => label is { } known ? TerminalTable.Label(known, width) : Spectre.Console.Text.Empty;
    }

    static List<string> Titles(List<FigureColumn> columns, FigureFormat format) =>
        [.. columns.Select(column => column.TitleFor(format))];

    static List<Text> Cells(List<FigureColumn> columns, FigureFormat format, Heat heat, Figures figures) =>
    [
        .. columns.Select(column => column.Time is { } time && !figures.IsDominated
            ? heat.Figure(column.TextFor(format, figures), time(figures))
            : new Text(column.TextFor(format, figures), figures.IsDominated ? Heat.Dim : Style.Plain)),
    ];

    static Table Numbers(List<string> titles) => AddNumbers(new Table().Border(TableBorder.Simple), titles);

    static Table AddNumbers(Table table, List<string> titles)
    {
        foreach (var title in titles)
            table.AddColumn(new TableColumn(title) { Alignment = Justify.Right, NoWrap = true, Padding = Narrow });
        return table;
    }

    static TableColumn LabelColumn(string title, string shortTitle, int width) =>
        new(title.Length <= width ? title : shortTitle) { NoWrap = true, Padding = Narrow };

    // What the columns of numbers take, with the space between them and around the table.
    static int WidthOf(List<string> titles, List<List<Text>> cells) =>
        titles.Select((title, i) => Math.Max(title.Length, cells.Max(row => row[i].Length)) + 2).Sum() + 3;

    static Text Label(MethodLabel label, int width, bool isDominated = false) =>
        new(Fit(label, width), isDominated ? Heat.Dim : label.IsExternal ? new Style(Color.Grey) : Style.Plain);

    // Folders and namespaces go first, then the file: the ends say more.
    static string Fit(MethodLabel label, int width)
    {
        var text = label.ToPrintable();
        if (PythonText.Length(text) <= width)
            return text;
        text = (label with { File = Path.GetFileName(label.File) }).ToPrintable();
        if (PythonText.Length(text) <= width)
            return text;
        var name = text.IndexOfAny(['(', '{']) + 1;
        var room = width - name - 1;
        return room >= LeastName ? $"{text[..name]}…{text[^room..]}"
            : Printable.Text(label.Name) is var bare && bare.Length <= width ? bare
            : "…" + bare[Math.Max(0, bare.Length - Math.Max(1, width - 1))..];
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
