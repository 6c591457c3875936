using System.Globalization;

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
        new("elapsed")
        {
            Time = figures => figures.ElapsedTime,
            Title = format => format.ColumnTitle("elapsed"),
            Text = (format, figures) => figures.ElapsedTime == 0 ? "" : format.Column(figures.ElapsedTime),
            IsOfAsync = true,
        },
        new("waiting")
        {
            Time = figures => figures.WaitingTime,
            Title = format => format.ColumnTitle("waiting"),
            Text = (format, figures) => figures.ElapsedTime == 0 ? "" : format.Column(figures.WaitingTime),
            IsOfAsync = true,
            IsAsked = true,
        },
        new("slowest")
        {
            Time = figures => figures.SlowestTime,
            Title = format => format.ColumnTitle("slowest"),
            Text = (format, figures) => figures.SlowestTime == 0 ? "" : format.Column(figures.SlowestTime),
            IsAsked = true,
            IsInTables = false,
        },
        new("profiles") { Count = figures => figures.Profiles, IsOfMerged = true },
        new("fewest") { Count = figures => figures.FewestCalls, IsOfMerged = true },
        new("most") { Count = figures => figures.MostCalls, IsOfMerged = true },
        new("open") { Count = figures => figures.OpenCalls, IsInTables = false },
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

    /// <summary>Whether only async methods have it: it is left out where there are none.</summary>
    public bool IsOfAsync { get; init; }

    /// <summary>Whether only merged profiles have it: it is left out of other tables.</summary>
    public bool IsOfMerged { get; init; }

    /// <summary>Whether people have to ask for it.</summary>
    public bool IsAsked { get; init; }

    /// <summary>Whether CSV and Markdown have it; JSON always does.</summary>
    public bool IsInTables { get; init; } = true;

    /// <summary>Whether it can be told from other columns: other programs are not given it, and people where there is room.</summary>
    public bool IsDerived => Count is null && Time is null && Flag is null;

    /// <summary>The names of those that can be asked for.</summary>
    public static string[] Names => [.. Recorded.Select(column => column.Name)];

    /// <summary>The columns of a table for other programs: those that were asked for.</summary>
    public static IEnumerable<FigureColumn> ForPrograms(ReportRequest request) => AskedIn(request)
        ?? All.Where(column => !column.IsDerived && column.IsInTables && IsNeeded(column, request));

    /// <summary>The columns for programs that read JSON: all, or those that were asked for.</summary>
    public static IEnumerable<FigureColumn> ForJson(ReportRequest request) =>
        AskedIn(request) ?? Recorded;

    /// <summary>All columns but those that can be told from others.</summary>
    public static IEnumerable<FigureColumn> Recorded => All.Where(column => !column.IsDerived);

    /// <summary>The columns for people: those that were asked for; only counts if the profile has no times.</summary>
    public static IEnumerable<FigureColumn> ForPeople(ReportRequest request)
    {
        var format = request.Stats.Format;
        var columns = AskedIn(request)
            ?? All.Where(column => (column.Title is not null || column.IsOfMerged) && !column.IsAsked && IsNeeded(column, request));
        return columns.Where(column => format.HasTimes || column.Count is not null || column.Flag is not null);
    }

    /// <summary>What stands above it for people.</summary>
    public string TitleFor(FigureFormat format) => Title is { } title ? title(format).Trim() : Name;

    /// <summary>A figure for people.</summary>
    public string TextFor(FigureFormat format, Figures figures) =>
        Title is not null ? Text(format, figures).Trim()
        : Count is { } count ? count(figures).ToString(CultureInfo.InvariantCulture)
        : Flag!(figures) ? "yes" : "";

    static IEnumerable<FigureColumn>? AskedIn(ReportRequest request) =>
        request.Columns?.Select(name => All.First(column => column.Name == name));

    static bool IsNeeded(FigureColumn column, ReportRequest request) =>
        (!column.IsOfAsync || request.Stats.Rows.Any(row => row.ElapsedTime > 0))
        && (!column.IsOfMerged || (request.Content == ReportContent.Methods && request.Stats.Rows.Any(row => row.Figures.Profiles > 0)));
}
