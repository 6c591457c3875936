namespace ProfilerWeaver.Tool;

/// <summary>A line on stderr that tells how far long work has come. It appears once the work turns out to be long, goes
/// when it is done, and never appears where stderr is no terminal.</summary>
sealed class Progress : IDisposable
{
    const int BarWidth = 24;
    static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);
    static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    readonly object gate = new();
    readonly string title;
    readonly int steps;
    readonly Timer? timer;
    string current = "";
    int done;
    bool isShown;
    bool isOver;

    Progress(string title, int steps)
    {
        this.title = title;
        this.steps = steps;
        if (!Console.IsErrorRedirected)
            timer = new(_ => Draw(), null, Patience, Interval);
    }

    /// <summary>Begins.</summary>
    /// <param name="title">What is being done.</param>
    /// <param name="steps">How many steps it has; 0 if that is not known.</param>
    public static Progress Start(string title, int steps = 0) => new(title, steps);

    /// <summary>A step is done.</summary>
    /// <param name="step">What it was about.</param>
    public void Advance(string step)
    {
        lock (gate)
        {
            done++;
            current = step;
        }
    }

    public void Dispose()
    {
        timer?.Dispose();
        lock (gate)
        {
            isOver = true;
            if (isShown)
                Messages.Write("\r\e[K");
        }
    }

    void Draw()
    {
        lock (gate)
        {
            if (isOver)
                return;
            isShown = true;
            var line = steps == 0 ? $"{title} ..." : $"{title} [{Bar()}] {done}/{steps} {Printable.Text(current)}";
            var width = Math.Max(Console.BufferWidth - 1, 20);
            Messages.Write("\r" + (line.Length > width ? line[..width] : line) + "\e[K");
        }
    }

    string Bar()
    {
        var filled = BarWidth * done / steps;
        return new string('#', filled) + new string('.', BarWidth - filled);
    }
}
