using System.CommandLine;
using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof stats</c>: prints tables of saved profiles.</summary>
static class StatsVerb
{
    static readonly Dictionary<string, TimeUnit> Units = new()
    {
        ["s"] = TimeUnit.Seconds,
        ["ms"] = TimeUnit.Milliseconds,
        ["us"] = TimeUnit.Microseconds,
        ["auto"] = TimeUnit.Auto,
    };

    public static Command Create()
    {
        var files = CommandLine.Files("Profiles of ours, of cProfile or of pstats; several are added up.", ArgumentArity.OneOrMore);
        var sort = new Option<string[]>("--sort", "-s")
        {
            Description = "Sort keys, abbreviated as in pstats; the order of the file without it.",
            HelpName = "KEY[,KEY...]",
        };
        sort.CompletionSources.Add([.. SortOrder.AllNames.Select(name => name.Key)]);
        var rows = new Option<string>("--rows", "-n") { Description = "How many rows to print; the default is all.", HelpName = "COUNT|all" };
        var restrictions = new Option<string[]>("--restrict", "-r")
        {
            Description = "Limit the rows, as in pstats: to a number, to a fraction such as 0.1, or to those that a " +
                "regular expression finds. Several are applied one after another.",
            HelpName = "LIMIT",
        };
        var callers = new Option<bool>("--callers") { Description = "By whom each method was called." };
        var callees = new Option<bool>("--callees") { Description = "What each method called." };
        var edges = new Option<int?>("--edges") { Description = "How many callers or callees of each method to print, most time first.", HelpName = "COUNT" };
        var tree = new Option<bool>("--tree") { Description = "The call tree: each method under the chain of its callers." };
        var depth = new Option<int?>("--depth") { Description = "How many levels of the tree to print; the default is 100.", HelpName = "COUNT" };
        var share = new Option<double>("--min-percent")
        {
            Description = "Leave out branches of the tree that take less of the time; the default is 1.",
            HelpName = "PERCENT",
            DefaultValueFactory = _ => 1,
        };
        var unit = new Option<string>("--unit") { Description = "What times are printed in; the default is s." };
        unit.AcceptOnlyFromAmong([.. Units.Keys]);
        var strip = new Option<bool>("--strip-dirs") { Description = "Take the folders off the file names." };
        var reverse = new Option<bool>("--reverse") { Description = "Reverse the order of the rows." };
        var format = new Option<string>("--format")
        {
            Description = "The format; text is fitted to a terminal, and is that of pstats where there is none.",
            DefaultValueFactory = _ => Report.Formats[0],
        };
        format.AcceptOnlyFromAmong(Report.Formats);
        var command = new Command("stats", "Print a table of saved profiles.")
        {
            files, sort, rows, restrictions, callers, callees, edges, tree, depth, share, unit, strip, reverse, format,
        };
        command.SetAction(parsed =>
        {
            CheckTogether();
            var stats = Load(parsed.GetRequiredValue(files));
            if (parsed.GetValue(strip))
                stats.StripDirs();
            if (parsed.GetValue(sort) is { Length: > 0 } keys)
                stats.SortStats(SortKeys(keys));
            if (parsed.GetValue(reverse))
                stats.ReverseOrder();
            var content = parsed.GetValue(callers) ? ReportContent.Callers
                : parsed.GetValue(callees) ? ReportContent.Callees
                : parsed.GetValue(tree) ? ReportContent.Tree
                : ReportContent.Methods;
            stats.Options = new()
            {
                TimeUnit = parsed.GetValue(unit) is { } name ? Units[name] : TimeUnit.Seconds,
                EdgeLimit = Positive(parsed, edges),
                EdgeOrder = parsed.GetValue(edges) is null ? null : SortKey.Cumulative,
            };
            Restriction[] limits = [.. (parsed.GetValue(restrictions) ?? []).Select(ReadRestriction), .. ReadRows(parsed.GetValue(rows))];
            var options = new TreeOptions
            {
                Depth = Positive(parsed, depth) ?? TerminalTree.MaximumDepth,
                MinimumShare = parsed.GetValue(share) / 100,
            };
            return Print(new(stats, limits, content) { Tree = options }, parsed.GetRequiredValue(format));

            // What would have no effect was not meant so.
            void CheckTogether()
            {
                Option[] contents = [callers, callees, tree];
                var given = contents.Where(IsGiven).ToArray();
                if (given.Length > 1)
                    throw new ToolException($"{given[0].Name} and {given[1].Name} are two reports: choose one.", ToolException.Usage);
                Option[] without = !IsGiven(tree) ? [depth, share]
                    : parsed.GetRequiredValue(format) == "json" ? [depth, share, sort, rows, restrictions, reverse, edges]
                    : [sort, rows, restrictions, reverse, edges];
                if (!IsGiven(callers) && !IsGiven(callees) && !IsGiven(tree))
                    without = [.. without, edges];
                if (parsed.GetRequiredValue(format) is not "text" and var machine && IsGiven(unit))
                    throw new ToolException($"--unit has no effect on {machine}: it is for text.", ToolException.Usage);
                if (without.FirstOrDefault(IsGiven) is { } idle)
                {
                    var report = given.Length == 0 ? "the table" : given[0].Name;
                    var only = idle == edges ? "--callers and --callees" : idle == depth || idle == share ? "--tree as text" : "tables";
                    throw new ToolException($"{idle.Name} has no effect on {report}: it is for {only}.", ToolException.Usage);
                }
            }

            bool IsGiven(Option option) => parsed.GetResult(option) is { Implicit: false };
        });
        return command;
    }

    static int Print(ReportRequest request, string format)
    {
        if (request.Content != ReportContent.Tree)
            return Report.Print(request, format);
        if (format is "csv" or "markdown")
            throw new ToolException($"--tree cannot be printed as {format}: choose text or json.", ToolException.Usage);
        try
        {
            return Report.Print(request, format);
        }
        catch (InvalidOperationException e)
        {
            throw new ToolException(e.Message, cause: e);
        }
    }

    static int? Positive(ParseResult parsed, Option<int?> option) => parsed.GetValue(option) is <= 0
        ? throw new ToolException($"option {option.Name}: expected a whole number, 1 or more", ToolException.Usage)
        : parsed.GetValue(option);

    static Stats Load(string[] files)
    {
        using var progress = Progress.Start("Reading", files.Length);
        foreach (var file in files)
        {
            if (Directory.Exists(file))
                throw new ToolException($"{file} is a folder. Give a .prof file in it.");
            if (!File.Exists(file))
                throw new ToolException($"{file} does not exist. Give a .prof file; dotnet prof -o {file} PROGRAM makes one.");
        }
        var stats = new Stats(files);
        foreach (var damage in stats.Damage)
            Messages.WriteLine($"dotnet-prof: warning: {DamageText.Of(damage)}");
        return stats;
    }

    static string[] SortKeys(string[] keys)
    {
        var names = keys.SelectMany(key => key.Split(',')).ToArray();
        foreach (var name in names)
        {
            if (!SortOrder.TryParse(name, out _))
            {
                throw new ToolException($"option -s: invalid choice: {PythonText.Repr(name)} (choose from " +
                    string.Join(", ", SortOrder.AllNames.Select(known => PythonText.Repr(known.Key)).Order(StringComparer.Ordinal)) +
                    "; unique beginnings will do for those that pstats has)", ToolException.Usage);
            }
        }
        return names;
    }

    static Restriction ReadRestriction(string text)
    {
        if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count))
            return count >= 0 ? count : throw Unfit(text);
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction))
            return text;
        return fraction is >= 0 and <= 1 ? fraction : throw Unfit(text);
    }

    static ToolException Unfit(string restriction) => new(
        $"option -r: invalid restriction: {PythonText.Repr(restriction)} (expected a number of rows, a fraction from 0 to 1, " +
        "or a regular expression)", ToolException.Usage);

    static Restriction[] ReadRows(string? text)
    {
        if (text is null or "all")
            return [];
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? [count]
            : throw new ToolException($"option -n: invalid number: {PythonText.Repr(text)} (expected a whole number, or all)",
                ToolException.Usage);
    }
}
