using System.Globalization;
using Spectre.Console;

namespace ProfilerWeaver.Tool;

/// <summary>Prints what became of assemblies: as a table at a terminal, in plain columns elsewhere.</summary>
static class OutcomeTable
{
    static readonly string[] Headings = ["assembly", "woven", "skipped", "bodies read", "ms", "notes"];

    public static void Write(IReadOnlyList<WeavingOutcome> outcomes)
    {
        var rows = outcomes.Select(outcome => (outcome, Cells: Cells(outcome))).ToList();
        if (Console.IsOutputRedirected)
            WritePlain([.. rows.Select(row => row.Cells)]);
        else
            AnsiConsole.Write(Coloured(rows));
    }

    static Table Coloured(List<(WeavingOutcome Outcome, string[] Cells)> rows)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var heading in Headings)
            table.AddColumn(new TableColumn(heading) { Alignment = IsText(heading) ? Justify.Left : Justify.Right });
        foreach (var (outcome, cells) in rows)
        {
            var style = outcome.IsFailure ? new Style(Color.Red) : Style.Plain;
            table.AddRow(cells.Select(cell => new Text(cell, style)));
        }
        return table;
    }

    static void WritePlain(string[][] rows)
    {
        string[][] lines = [Headings, .. rows];
        var widths = Headings.Select((_, column) => lines.Max(line => line[column].Split('\n').Max(text => text.Length))).ToArray();
        foreach (var line in lines)
        {
            var notes = line[^1].Split('\n');
            var cells = line[..^1].Select((cell, column) =>
                IsText(Headings[column]) ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]));
            Console.WriteLine($"{string.Join("  ", cells)}  {notes[0]}".TrimEnd());
            var indent = new string(' ', widths[..^1].Sum() + 2 * (widths.Length - 1));
            foreach (var note in notes[1..])
                Console.WriteLine(indent + note);
        }
    }

    static string[] Cells(WeavingOutcome outcome) =>
    [
        Printable.Text(outcome.Name),
        Number(outcome.Summary?.Woven),
        Number(outcome.Summary?.Skipped),
        Number(outcome.Bodies?.Read),
        Number(outcome.Summary?.Milliseconds),
        string.Join('\n', outcome.Notes().Select(Printable.Text)),
    ];

    static bool IsText(string heading) => heading is "assembly" or "notes";

    static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";
}
