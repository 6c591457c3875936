namespace ProfilerWeaver.Tool;

/// <summary>Lines that are typed and edited on a terminal, with the keys of GNU readline, history and completion.</summary>
/// <remarks>No package, so that the screen is that of Python's browser with readline key by key: the tests compare them. What
/// the browser needs of a line editor is little.</remarks>
sealed class LineEditor(Func<ConsoleKeyInfo?> readKey, LineDisplay display, History history, Func<string, Completion> complete)
    : ILineSource
{
    readonly EditedLine line = new();
    // Which line of the history is shown; as many as there are for the new one.
    int place;
    string draft = "";

    public string? ReadLine(string prompt)
    {
        display.Begin(prompt);
        line.Set("");
        place = history.Lines.Count;
        var isListing = false;
        while (readKey() is { } key)
        {
            var isControl = (key.Modifiers & ConsoleModifiers.Control) != 0;
            if (key.Key == ConsoleKey.Enter || isControl && key.Key is ConsoleKey.J or ConsoleKey.M)
            {
                display.End();
                history.Add(line.Text);
                return line.Text;
            }
            if (isControl && key.Key == ConsoleKey.D && line.Text.Length == 0)
                return null;
            if (key.Key == ConsoleKey.Tab)
            {
                isListing = !Complete(isListing);
            }
            else
            {
                Edit(key, isControl);
                isListing = false;
            }
            display.Show(line.Text, line.Cursor);
        }
        return null;
    }

    void Edit(ConsoleKeyInfo key, bool isControl)
    {
        if (key.Key == ConsoleKey.Escape)
            EditWithAlt(readKey()?.Key ?? key.Key);
        else if ((key.Modifiers & ConsoleModifiers.Alt) != 0)
            EditWithAlt(key.Key);
        else if (isControl)
            EditWithControl(key.Key);
        else
            EditPlain(key);
    }

    void EditPlain(ConsoleKeyInfo key)
    {
        switch (key.Key)
        {
            case ConsoleKey.Backspace:
                line.DeleteTo(line.Left);
                break;
            case ConsoleKey.Delete:
                line.DeleteTo(line.Right);
                break;
            case ConsoleKey.LeftArrow:
                line.MoveTo(line.Left);
                break;
            case ConsoleKey.RightArrow:
                line.MoveTo(line.Right);
                break;
            case ConsoleKey.Home:
                line.MoveTo(0);
                break;
            case ConsoleKey.End:
                line.MoveTo(line.Text.Length);
                break;
            case ConsoleKey.UpArrow:
                Recall(place - 1);
                break;
            case ConsoleKey.DownArrow:
                Recall(place + 1);
                break;
            default:
                if (char.IsHighSurrogate(key.KeyChar))
                    line.Insert($"{key.KeyChar}{readKey()?.KeyChar}");
                else if (!char.IsControl(key.KeyChar))
                    line.Insert(key.KeyChar.ToString());
                break;
        }
    }

    void EditWithControl(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.A:
                line.MoveTo(0);
                break;
            case ConsoleKey.E:
                line.MoveTo(line.Text.Length);
                break;
            case ConsoleKey.B:
                line.MoveTo(line.Left);
                break;
            case ConsoleKey.F:
                line.MoveTo(line.Right);
                break;
            case ConsoleKey.D:
                line.DeleteTo(line.Right);
                break;
            case ConsoleKey.H or ConsoleKey.Backspace:
                line.DeleteTo(line.Left);
                break;
            case ConsoleKey.K:
                line.KillTo(line.Text.Length);
                break;
            case ConsoleKey.U:
                line.KillTo(0);
                break;
            case ConsoleKey.W:
                line.KillTo(line.BlankLeft);
                break;
            case ConsoleKey.Y:
                line.Yank();
                break;
            case ConsoleKey.L:
                display.ClearScreen();
                break;
            case ConsoleKey.P:
                Recall(place - 1);
                break;
            case ConsoleKey.N:
                Recall(place + 1);
                break;
            case ConsoleKey.LeftArrow:
                line.MoveTo(line.WordLeft);
                break;
            case ConsoleKey.RightArrow:
                line.MoveTo(line.WordRight);
                break;
        }
    }

    void EditWithAlt(ConsoleKey key)
    {
        switch (key)
        {
            case ConsoleKey.B or ConsoleKey.LeftArrow:
                line.MoveTo(line.WordLeft);
                break;
            case ConsoleKey.F or ConsoleKey.RightArrow:
                line.MoveTo(line.WordRight);
                break;
            case ConsoleKey.D:
                line.KillTo(line.WordRight);
                break;
            case ConsoleKey.Backspace:
                line.KillTo(line.WordLeft);
                break;
        }
    }

    void Recall(int wanted)
    {
        if (wanted < 0 || wanted > history.Lines.Count)
        {
            display.Beep();
            return;
        }
        if (place == history.Lines.Count)
            draft = line.Text;
        place = wanted;
        line.Set(place == history.Lines.Count ? draft : history.Lines[place]);
    }

    /// <summary>Adds what all candidates have in common, or lists them.</summary>
    /// <returns>Whether the line was changed; if not, the next time is for listing.</returns>
    bool Complete(bool isListing)
    {
        var completion = complete(line.BeforeCursor);
        if (completion.Candidates.Count == 0)
        {
            display.Beep();
            return false;
        }
        var common = completion.Common();
        var isLonger = common.Length > line.Cursor - completion.Start;
        if (isLonger)
            line.Replace(completion.Start, line.Cursor, common);
        if (completion.Candidates.Count > 1 && isListing)
            display.List([.. completion.Candidates.Select(LastPart)]);
        else if (completion.Candidates.Count > 1)
            display.Beep();
        return isLonger;
    }

    /// <summary>Of a path only what differs: the last name.</summary>
    static string LastPart(string candidate) =>
        candidate[(candidate.TrimEnd('/').LastIndexOfAny(['/', Path.DirectorySeparatorChar]) + 1)..];
}
