using System.Globalization;

namespace CodeStats.Reporting;

/// <summary>Rows of cells in columns: numbers to the right, text to the left.</summary>
sealed class TextTable(params string[] headings)
{
    const string Gap = "  ";

    readonly List<object[]> rows = [];

    public bool IsEmpty => rows.Count == 0;

    public void Add(params object[] cells) => rows.Add(cells);

    public void WriteTo(TextWriter writer)
    {
        var widths = headings.Select(Width).ToArray();
        if (headings.Any(heading => heading.Length > 0))
            writer.WriteLine(Line(headings, widths));
        foreach (var row in rows)
            writer.WriteLine(Line(row, widths));
    }

    int Width(string heading, int column) =>
        rows.Select(row => Text(row[column]).Length).Append(heading.Length).Max();

    string Line(object[] cells, int[] widths) =>
        (Gap + string.Join(Gap, cells.Select((cell, column) => Padded(Text(cell), column, widths[column])))).TrimEnd();

    string Padded(string text, int column, int width) =>
        IsNumeric(column) ? text.PadLeft(width) : text.PadRight(width);

    bool IsNumeric(int column) => rows is [var first, ..] && first[column] is int or double;

    static string Text(object cell) => cell switch
    {
        int number => number.ToString("N0", CultureInfo.InvariantCulture),
        double share => share.ToString("P0", CultureInfo.InvariantCulture),
        _ => cell.ToString() ?? "",
    };
}
