namespace ProfilerWeaver.Tool;

/// <summary>A column of figures, of methods and of callers or callees: defined once for all formats but the text of pstats, whose
/// columns are Python's.</summary>
/// <param name="Name">Its name for other programs.</param>
sealed record FigureColumn(string Name)
{
    /// <summary>The columns in the order in which they are printed.</summary>
    public static readonly FigureColumn[] All =
    [
        new("ncalls")
        {
            Count = figures => figures.Calls,
            Title = _ => "ncalls",
            Text = (_, figures) => PythonText.Calls(figures),
        },
        // People see them behind the slash of ncalls.
        new("pcalls") { Count = figures => figures.PrimitiveCalls },
        new("resumes") { Count = figures => figures.Resumes, IsInTables = false },
        new("samples") { Count = figures => figures.Samples, IsInTables = false },
        new("tottime")
        {
            Time = figures => figures.TotalTime,
            Title = format => format.TotalTitle,
            Text = (format, figures) => (figures.IsDominated ? DominatedRows.Mark : "") + format.Column(figures.TotalTime).Trim(),
            IsMarked = true,
        },
        new("percall")
        {
            Title = format => format.PerCallTitle,
            Text = (format, figures) => format.PerCall(figures.TotalTime, figures.Calls),
        },
        new("cumtime")
        {
            Time = figures => figures.CumulativeTime,
            Title = format => format.CumulativeTitle,
            Text = (format, figures) => format.Column(figures.CumulativeTime),
        },
        new("percall")
        {
            Title = format => format.PerCallTitle,
            Text = (format, figures) => format.PerCall(figures.CumulativeTime, figures.PrimitiveCalls),
        },
        // People see the mark.
        new("dominated") { Flag = figures => figures.IsDominated },
    ];

    /// <summary>What it counts; null: it is a time, or told by other columns.</summary>
    public Func<Figures, long>? Count { get; init; }

    /// <summary>The time, or whatever the profile counts instead; null: it is none, or told by other columns.</summary>
    public Func<Figures, double>? Time { get; init; }

    /// <summary>What is true or false; null: it is a figure.</summary>
    public Func<Figures, bool>? Flag { get; init; }

    /// <summary>Whether people see in it which rows are dominated by what recording adds.</summary>
    public bool IsMarked { get; init; }

    /// <summary>What stands above it for people; null: it is not for them.</summary>
    public Func<FigureFormat, string>? Title { get; init; }

    /// <summary>A figure for people.</summary>
    public Func<FigureFormat, Figures, string> Text { get; init; } = (_, _) => "";

    /// <summary>Whether CSV and Markdown have it; JSON always does.</summary>
    public bool IsInTables { get; init; } = true;

    /// <summary>Whether it can be told from other columns: other programs are not given it, and people where there is room.</summary>
    public bool IsDerived => Count is null && Time is null && Flag is null;

    /// <summary>The columns for other programs.</summary>
    public static IEnumerable<FigureColumn> ForPrograms => All.Where(column => !column.IsDerived);

    /// <summary>The columns for people; only counts if the profile has no times.</summary>
    public static IEnumerable<FigureColumn> ForPeople(FigureFormat format) =>
        All.Where(column => column.Title is not null && (format.HasTimes || column.Count is not null));
}
