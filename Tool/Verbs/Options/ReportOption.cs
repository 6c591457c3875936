using System.Globalization;
using System.Text.RegularExpressions;

namespace ProfilerWeaver.Tool;

/// <summary>The options of reports: those of <c>stats</c> and of the report that <c>run</c> prints.</summary>
static class ReportOption
{
    static readonly Dictionary<string, TimeUnit> Units = new()
    {
        ["s"] = TimeUnit.Seconds,
        ["ms"] = TimeUnit.Milliseconds,
        ["us"] = TimeUnit.Microseconds,
        ["auto"] = TimeUnit.Auto,
    };

    public static readonly NamedOption<ReportOptions>[] All =
    [
        new("--sort", "-s", "KEY[,KEY...]", "Sort by these keys, which can be abbreviated; text is sorted by cumulative unless " +
            "told otherwise.", (report, text) => report.Sort = [.. report.Sort ?? [], .. text.Split(',').Select(ReadSortKey)]) { Choices = SortKeys },
        new("--rows", "-n", "COUNT|all", "How many rows to print; the default is 20 as text, otherwise all.",
            (report, text) => report.Rows = ReadRows(text)),
        new("--restrict", "-r", "LIMIT", "Limit the rows, as in pstats: to a number, to a fraction such as 0.1, or to those " +
            "matching a regular expression. Several are applied in turn.",
            (report, text) => report.Restrictions.Add(ReadRestriction(text))),
        new("--callers", null, null, "Show callers.", (report, _) => report.Add(ReportContent.Callers)),
        new("--callees", null, null, "Show callees.", (report, _) => report.Add(ReportContent.Callees)),
        new("--edges", null, "COUNT", "How many callers or callees of each method to print, in descending order of time.",
            (report, text) => report.Edges = ReadPositive(text)),
        new("--tree", null, null, "Show the call tree: each method below its chain of callers.",
            (report, _) => report.Add(ReportContent.Tree)),
        new("--depth", null, "COUNT", "How many levels of the tree to print; the default is 100.",
            (report, text) => report.Depth = ReadPositive(text)),
        new("--min-percent", null, "PERCENT", "Omit branches of the tree that take less of the time; the default is 1.",
            (report, text) => report.MinimumPercent = ReadPercent(text)),
        new("--threads", null, null, "Print a report for each thread.", (report, _) => report.ByThread = true),
        new("--by-thread", null, null, "Show what async methods do after an await where it ran, instead of where it was called.",
            (report, _) => report.AsItRan = true),
        new("--scope", null, "LABEL", ProfilePart.ScopeDescription, (report, text) => report.Scope = text),
        new("--no-waits", null, null, ProfilePart.NoWaitsDescription, (report, _) => report.WithoutWaits = true),
        new("--columns", null, "NAME[,NAME...]", "Which figures the table of methods has.",
            (report, text) => report.Columns = [.. report.Columns ?? [], .. text.Split(',').Select(ReadColumn)])
            { Choices = () => FigureColumn.Names },
        new("--unit", null, "s|ms|us|auto", "Time unit; the default is auto at a terminal, " +
            "otherwise s.", (report, text) => report.Unit = Choose(text, Units)) { Choices = () => [.. Units.Keys] },
        new("--strip-dirs", null, null, "Remove directories from file names, as the report of run does.",
            (report, _) => report.StripDirs = true),
        new("--reverse", null, null, "Reverse the sort order.", (report, _) => report.Reverse = true),
        new("--format", null, "text|json|csv|markdown", "Output format; at a terminal, text is fitted to its width, elsewhere it is that " +
            "of pstats.", (report, text) => report.Format = Choose(text, Report.Formats)) { Choices = () => Report.Formats },
    ];

    // pstats knows "cu" but not "cum", because of the way in which it looks for what is unique: any beginning will do here
    // that stands for one key, or that pstats has.
    static SortKey ReadSortKey(string text)
    {
        if (SortOrder.TryParse(text, out var key))
            return key;
        var keys = SortOrder.AllNames.Where(name => name.Key.StartsWith(text, StringComparison.Ordinal))
            .Select(name => name.Value).Distinct().ToArray();
        return keys.Length == 1 ? keys[0] : throw OptionValue.NoChoice(text, SortKeys());
    }

    static string ReadColumn(string text) =>
        FigureColumn.Names.Contains(text) ? text : throw OptionValue.NoChoice(text, FigureColumn.Names);

    static string[] SortKeys() => [.. SortOrder.AllNames.Select(name => name.Key).Order(StringComparer.Ordinal)];

    static int ReadRows(string text) => text == "all" ? int.MaxValue
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
        : throw new FormatException($"invalid number: {PythonText.Repr(text)} (expected a whole number, 0 or more, or 'all')");

    static int ReadPositive(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new FormatException($"invalid number: {PythonText.Repr(text)} (expected a whole number, 1 or more)");

    static double ReadPercent(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 100
            ? percent
            : throw new FormatException($"invalid number: {PythonText.Repr(text)} (expected a number from 0 to 100)");

    static Restriction ReadRestriction(string text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count))
            return count >= 0 ? count : throw Unfit();
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction))
            return fraction is >= 0 and <= 1 ? fraction : throw Unfit();
        try
        {
            _ = new Regex(text, RegexOptions.CultureInvariant);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"invalid regular expression: {PythonText.Repr(text)} ({e.Message})", e);
        }
        return text;

        FormatException Unfit() => new($"invalid restriction: {PythonText.Repr(text)} (expected a number of rows, a fraction " +
            "from 0 to 1, or a regular expression)");
    }

    static TValue Choose<TValue>(string text, Dictionary<string, TValue> choices) =>
        choices.TryGetValue(text, out var value) ? value : throw OptionValue.NoChoice(text, choices.Keys);

    static string Choose(string text, string[] choices) =>
        choices.Contains(text) ? text : throw OptionValue.NoChoice(text, choices);
}
