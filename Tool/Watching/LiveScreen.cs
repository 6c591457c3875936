using System.Diagnostics;
using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace ProfilerWeaver.Tool;

/// <summary>Rows at a terminal that are renewed as they grow, and keys that choose among them.</summary>
sealed class LiveScreen(WatchedRecording recording, LiveView view, TimeSpan interval)
{
    // The lines around the rows, and the last one of the terminal, which stays empty.
    const int OtherLines = 8;

    // In times of a reading: with the drawing, it takes less than a twentieth of a processor.
    const int LeastPause = 25;
    const string Help = "s: sort  /: filter  f: freeze  w: write a profile  q: quit";

    readonly KeyReader keys = new();
    Reading now = recording.Read();
    LiveInterval? shown;
    bool isFrozen;
    bool isFiltering;
    string message = "";

    /// <summary>Shows them until somebody quits.</summary>
    /// <exception cref="ToolException">The recording has ended.</exception>
    public void Run()
    {
        // Control-C is a key: the cursor is to be there afterwards.
        Console.TreatControlCAsInput = true;
        AnsiConsole.Live(new Text("")).AutoClear(true).Start(display =>
        {
            var next = Stopwatch.StartNew();
            var pause = interval;
            do
            {
                if (next.Elapsed >= pause || shown is null)
                {
                    next.Restart();
                    if (!isFrozen)
                        Renew();
                    pause = PauseAfter(next.Elapsed, interval);
                }
                display.UpdateTarget(Drawn());
                display.Refresh();
            }
            while (keys.Next(Positive(pause - next.Elapsed), out var key) ? Press(key) : !keys.HaveEnded);
        });
    }

    /// <summary>How long it takes from one reading to the next: whoever looks at a large recording leaves the processors to the
    /// program.</summary>
    /// <param name="reading">How long the last one took.</param>
    /// <param name="interval">How often the user wants one.</param>
    internal static TimeSpan PauseAfter(TimeSpan reading, TimeSpan interval)
    {
        var least = reading * LeastPause;
        return least > interval ? least : interval;
    }

    static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    void Renew()
    {
        var later = recording.Read();
        shown = LiveInterval.Between(now, later);
        now = later;
    }

    // Whether it goes on.
    bool Press(ConsoleKeyInfo key)
    {
        message = "";
        if (key is { Key: ConsoleKey.C, Modifiers: ConsoleModifiers.Control })
            return false;
        if (isFiltering)
        {
            Type(key);
            return true;
        }
        switch (key.KeyChar)
        {
            case 'q':
                return false;
            case 's':
                view.SortNext();
                break;
            case 'f':
                isFrozen = !isFrozen;
                break;
            case '/':
                (isFiltering, view.Filter) = (true, "");
                break;
            case 'w':
                Save();
                break;
        }
        return true;
    }

    void Type(ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.Escape)
            view.Filter = "";
        if (key.Key is ConsoleKey.Enter or ConsoleKey.Escape)
            isFiltering = false;
        else if (key.Key == ConsoleKey.Backspace)
            view.Filter = view.Filter.Length > 0 ? view.Filter[..^1] : "";
        else if (!char.IsControl(key.KeyChar))
            view.Filter += key.KeyChar;
    }

    void Save()
    {
        var path = Path.GetFullPath($"{now.Program}-{DateTime.Now.ToString(Placeholder.TimeFormat, CultureInfo.InvariantCulture)}.prof");
        try
        {
            recording.Save(path);
            message = $"The profile is {path}.";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or EmptyProfileException)
        {
            message = e.Message;
        }
    }

    Rows Drawn()
    {
        var title = string.Create(CultureInfo.InvariantCulture,
            $"{Printable.Text(now.Program)}: {shown!.Calls / shown.Seconds:N0} calls/s   sorted by {view.Sort}");
        if (view.Filter.Length > 0 || isFiltering)
            title += $"   filter: {Printable.Text(view.Filter)}{(isFiltering ? "_" : "")}";
        if (isFrozen)
            title += "   frozen";
        var table = new Table().Border(TableBorder.Simple);
        foreach (var figure in LiveOutput.Titles)
            table.AddColumn(new TableColumn(figure) { Alignment = Justify.Right, NoWrap = true });
        table.AddColumn(new TableColumn("function") { NoWrap = true });
        var heat = new Heat(1);
        foreach (var row in view.Of(shown).Take(Math.Max(1, Console.WindowHeight - OtherLines)))
        {
            var style = heat.StyleOf(row.Share);
            var cells = LiveOutput.Cells(shown, row, now.Unit).Select(cell => new Text(cell, style));
            table.AddRow([.. cells, new Text(row.Label.ToPrintable()) { Overflow = Overflow.Ellipsis }]);
        }
        return new(new Text(Cut(title)), table, new Text(Cut(message.Length > 0 ? Printable.Text(message) : Help), Heat.Dim));
    }

    static string Cut(string line) => line.Length < Console.WindowWidth ? line : line[..Math.Max(0, Console.WindowWidth - 1)];
}
