namespace ProfilerWeaver.Tool;

/// <summary>Which report the user asked for.</summary>
sealed class ReportOptions
{
    /// <summary>How many rows text has unless told otherwise: a screen.</summary>
    public const int DefaultRows = 20;

    /// <summary>Branches of a tree that take less are left out unless told otherwise.</summary>
    public const double DefaultPercent = 1;

    readonly List<ReportContent> contents = [];

    /// <summary>What the rows are sorted by; null: nothing was said.</summary>
    public SortKey[]? Sort { get; set; }

    public bool Reverse { get; set; }

    /// <summary>How many rows are printed; null: nothing was said.</summary>
    public int? Rows { get; set; }

    public List<Restriction> Restrictions { get; } = [];

    /// <summary>How many callers or callees of each method are printed; null: all.</summary>
    public int? Edges { get; set; }

    /// <summary>How many levels of a tree are printed; null: nothing was said.</summary>
    public int? Depth { get; set; }

    /// <summary>What share of the time a branch of a tree takes at least; null: nothing was said.</summary>
    public double? MinimumPercent { get; set; }

    /// <summary>Whether each thread has a report of its own.</summary>
    public bool ByThread { get; set; }

    /// <summary>Whether what async methods do after an <c>await</c> is shown where it ran, and not where it was called.</summary>
    public bool AsItRan { get; set; }

    /// <summary>The only scopes that are shown, as <see cref="Stats.RestrictToScopes"/> has it; null: nothing was said.</summary>
    public string? Scope { get; set; }

    /// <summary>Whether the time of blocking waits is left out.</summary>
    public bool WithoutWaits { get; set; }

    /// <summary>The columns that are printed; null: nothing was said.</summary>
    public string[]? Columns { get; set; }

    /// <summary>What times are printed in; null: nothing was said.</summary>
    public TimeUnit? Unit { get; set; }

    public bool StripDirs { get; set; }

    /// <summary>One of <see cref="Report.Formats"/>.</summary>
    public string Format { get; set; } = Report.Formats[0];

    bool IsText => Format == Report.Formats[0];

    ReportContent Content => contents.Count > 0 ? contents[0] : ReportContent.Methods;

    /// <summary>Asks for a report that is not the table.</summary>
    public void Add(ReportContent content)
    {
        if (!contents.Contains(content))
            contents.Add(content);
    }

    /// <summary>Checks that the options fit together: what would have no effect was not meant so.</summary>
    /// <exception cref="ToolException">They do not; the message names one of them.</exception>
    public void Check()
    {
        if (contents.Count > 1)
            throw Misused($"{Name(contents[0])} and {Name(contents[1])} are different reports: choose one.");
        if (Content == ReportContent.Tree && Format is "csv" or "markdown")
            throw Misused($"--tree cannot be printed as {Format}: choose text or json.");
        if (!IsText && ByThread)
            throw Misused($"--threads cannot be printed as {Format}: choose text.");
        if (!IsText && Unit is not null)
            throw Misused($"--unit has no effect on {Format}: it applies to text.");
        var isTree = Content == ReportContent.Tree;
        (string Name, bool IsIdle, string Only)[] given =
        [
            ("--depth", Depth is not null && !(isTree && IsText), "--tree as text"),
            ("--min-percent", MinimumPercent is not null && !(isTree && IsText), "--tree as text"),
            ("--sort", Sort is not null && isTree, "tables"),
            ("--rows", Rows is not null && isTree, "tables"),
            ("--restrict", Restrictions.Count > 0 && isTree, "tables"),
            ("--reverse", Reverse && isTree, "tables"),
            ("--columns", Columns is not null && (isTree || (IsText && Content != ReportContent.Methods)),
                "tables, and as text to that of methods"),
            ("--edges", Edges is not null && Content is not (ReportContent.Callers or ReportContent.Callees), "--callers and --callees"),
        ];
        foreach (var (name, isIdle, only) in given)
        {
            if (isIdle)
                throw Misused($"{name} has no effect on {(contents.Count == 0 ? "the table" : Name(Content))}: it applies to {only}.");
        }
    }

    /// <summary>The reports of some statistics: one, or one for each thread.</summary>
    /// <exception cref="ToolException">The threads are not told apart.</exception>
    public IReadOnlyList<ReportRequest> Of(Stats stats)
    {
        if (AsItRan)
            OrNoTrees(stats.RegroupByThread);
        ProfilePart.Apply(stats, Scope, WithoutWaits);
        if (StripDirs)
            stats.StripDirs();
        if (stats.Unit == ClockUnit.None && Sort is not null && Sort.Any(NeedsTimes))
            Messages.WriteLine("dotnet-prof: warning: the profile has no times; rows are sorted by calls.");
        if (!ByThread)
            return [One(stats)];
        return OrNoTrees(() => stats.Threads).Where(thread => thread.Stats.Count > 0)
            .Select(thread => One(thread.Stats) with { Heading = Printable.Text(thread.ToString()) }).ToList();
    }

    static T OrNoTrees<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (InvalidOperationException e)
        {
            throw new ToolException(e.Message, cause: e);
        }
    }

    ReportRequest One(Stats stats)
    {
        stats.Options = stats.Options with
        {
            ShowRun = true,
            TimeUnit = Unit ?? (IsText && Report.IsAtTerminal ? TimeUnit.Auto : TimeUnit.Seconds),
            EdgeLimit = Edges,
            EdgeOrder = Edges is null ? null : SortKey.Cumulative,
        };
        // People get what takes the most time, and a screen of it; programs get all rows, and in the order of the file.
        var keys = Sort ?? (IsText ? [SortKey.Cumulative] : []);
        stats.SortStats(stats.Unit == ClockUnit.None
            ? [.. keys.Select(key => NeedsTimes(key) ? SortKey.Calls : key).Distinct()]
            : keys);
        if (Reverse)
            stats.ReverseOrder();
        var rows = Rows ?? (IsText ? DefaultRows : int.MaxValue);
        var request = new ReportRequest(stats, rows == int.MaxValue ? Restrictions : [.. Restrictions, rows], Content)
        {
            IsCut = Rows is null && IsText,
            Columns = Columns,
            Tree = new()
            {
                Depth = Depth ?? TerminalTree.MaximumDepth,
                MinimumShare = (MinimumPercent ?? DefaultPercent) / 100,
                Order = stats.Unit == ClockUnit.None ? SortKey.Calls : SortKey.Cumulative,
            },
        };
        if (Restrictions.Count > 0 && (request with { Restrictions = Restrictions }).Rows().Count == 0)
            Messages.WriteLine($"dotnet-prof: warning: -r {string.Join(" -r ", Restrictions)} leaves no method.");
        return request;
    }

    static bool NeedsTimes(SortKey key) =>
        key is SortKey.Cumulative or SortKey.Time or SortKey.CumulativePerCall or SortKey.TimePerCall or SortKey.Elapsed
            or SortKey.Waiting or SortKey.Slowest;

    static string Name(ReportContent content) => content switch
    {
        ReportContent.Callers => "--callers",
        ReportContent.Callees => "--callees",
        _ => "--tree",
    };

    static ToolException Misused(string message) => new(message, ToolException.Usage);
}
