using Spectre.Console;

namespace ProfilerWeaver.Tool;

/// <summary>A table on stdout: drawn at a terminal, in plain columns elsewhere. Only the cells of the last column may have
/// several lines.</summary>
sealed class TextTable(params TextColumn[] columns)
{
    readonly List<(string[] Cells, bool IsFailure)> rows = [];

    /// <summary>Adds a row with a text for each column; what comes from files cannot make it two.</summary>
    public void Add(params string[] cells) => Add(cells[..^1], [cells[^1]]);

    /// <summary>Adds a row whose last cell has several lines.</summary>
    /// <param name="cells">A text for each other column.</param>
    /// <param name="last">The lines.</param>
    /// <param name="isFailure">Whether it is red.</param>
    public void Add(string[] cells, IEnumerable<string> last, bool isFailure = false) =>
        rows.Add(([.. cells.Select(Printable.Text), string.Join('\n', last.Select(Printable.Text))], isFailure));

    public void Write()
    {
        if (Console.IsOutputRedirected)
            WritePlain(Console.Out);
        else
            AnsiConsole.Write(Drawn());
    }

    Table Drawn()
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var column in columns)
            table.AddColumn(new TableColumn(column.Heading) { Alignment = column.IsNumber ? Justify.Right : Justify.Left });
        foreach (var (cells, isFailure) in rows)
        {
            var style = isFailure ? new Style(Color.Red) : Style.Plain;
            table.AddRow(cells.Select(cell => new Text(cell, style)));
        }
        return table;
    }

    /// <summary>Writes it in plain columns.</summary>
    public void WritePlain(TextWriter output)
    {
        string[][] lines = [[.. columns.Select(column => column.Heading)], .. rows.Select(row => row.Cells)];
        var widths = columns.Select((_, column) => lines.Max(line => line[column].Length)).ToArray();
        var indent = new string(' ', widths[..^1].Sum(width => width + 2));
        foreach (var line in lines)
        {
            var last = line[^1].Split('\n');
            var cells = line[..^1].Select((cell, column) =>
                (columns[column].IsNumber ? cell.PadLeft(widths[column]) : cell.PadRight(widths[column])) + "  ");
            output.WriteLine((string.Concat(cells) + last[0]).TrimEnd());
            foreach (var more in last[1..])
                output.WriteLine(indent + more);
        }
    }
}

/// <summary>A column of a <see cref="TextTable"/>.</summary>
/// <param name="Heading">What stands above it.</param>
/// <param name="IsNumber">Whether it is aligned to the right.</param>
readonly record struct TextColumn(string Heading, bool IsNumber = false);
