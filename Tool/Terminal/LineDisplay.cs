using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary>Shows a line on a terminal while it is edited. It may be longer than the terminal is wide.</summary>
sealed class LineDisplay(TextWriter output, Func<int> terminalWidth)
{
    string shown = "";
    int cursor;

    /// <summary>Shows a prompt where the cursor is, which must be the beginning of a row.</summary>
    public void Begin(string prompt)
    {
        Prompt = Printable.Text(prompt);
        output.Write(Prompt);
        output.Flush();
        shown = "";
        cursor = 0;
    }

    string Prompt { get; set; } = "";

    /// <summary>Makes the terminal show a text and the cursor at a place in it.</summary>
    public void Show(string text, int place)
    {
        (text, place) = (Printable.Text(text), Printable.Text(text[..place]).Length);
        var isAppended = cursor == shown.Length && place == text.Length && text.StartsWith(shown, StringComparison.Ordinal);
        if (isAppended && Columns(text) % terminalWidth() >= Columns(shown) % terminalWidth())
            output.Write(text[shown.Length..]);
        else if (text == shown)
            MoveFrom(Columns(shown[..cursor]), text, place);
        else
            Redraw(text, place);
        (shown, cursor) = (text, place);
        output.Flush();
    }

    /// <summary>Goes on below the line.</summary>
    public void End()
    {
        Show(shown, shown.Length);
        output.WriteLine();
        output.Flush();
    }

    /// <summary>Clears the screen but for the line.</summary>
    public void ClearScreen()
    {
        output.Write("\e[H\e[2J" + Prompt);
        var (text, place) = (shown, cursor);
        (shown, cursor) = ("", 0);
        Show(text, place);
    }

    public void Beep()
    {
        output.Write('\a');
        output.Flush();
    }

    /// <summary>Shows words in columns below the line, and the line again.</summary>
    public void List(IReadOnlyList<string> words)
    {
        var (text, place) = (shown, cursor);
        End();
        words = [.. words.Select(Printable.Text)];
        var width = words.Max(word => word.Length) + 2;
        var columns = Math.Max(1, terminalWidth() / width);
        var rows = (words.Count + columns - 1) / columns;
        for (var row = 0; row < rows; row++)
        {
            for (var i = row; i < words.Count; i += rows)
                output.Write(words[i].PadRight(width));
            output.WriteLine();
        }
        Begin(Prompt);
        Show(text, place);
    }

    int Columns(string text) => Width(Prompt) + Width(text);

    void Redraw(string text, int place)
    {
        var width = terminalWidth();
        var row = Columns(shown[..cursor]) / width;
        output.Write('\r' + Up(row) + Prompt + text);
        // A terminal moves to the next row only when something is written there.
        if (Columns(text) % width == 0)
            output.Write(" \r");
        output.Write("\e[J");
        MoveFrom(Columns(text), text, place);
    }

    void MoveFrom(int columns, string text, int place)
    {
        var width = terminalWidth();
        var target = Columns(text[..place]);
        if (target == columns)
            return;
        var rows = columns / width - target / width;
        output.Write('\r' + (rows < 0 ? $"\e[{-rows}B" : Up(rows)));
        if (target % width > 0)
            output.Write($"\e[{target % width}C");
    }

    static string Up(int rows) => rows == 0 ? "" : $"\e[{rows}A";

    static int Width(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += Width(rune.Value, System.Text.Rune.GetUnicodeCategory(rune));
        return width;
    }

    static int Width(int character, UnicodeCategory category) => category switch
    {
        UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark => 0,
        // The blocks of wide characters of East Asia, and emoji.
        _ => character is >= 0x1100 and <= 0x115F or >= 0x2E80 and <= 0xA4CF or >= 0xAC00 and <= 0xD7A3
            or >= 0xF900 and <= 0xFAFF or >= 0xFE30 and <= 0xFE6F or >= 0xFF01 and <= 0xFF60 or >= 0x1F300 and <= 0x1FAFF
            or >= 0x20000 and <= 0x3FFFD
            ? 2
            : 1,
    };
}
