using System.CommandLine;
using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof stats</c>: prints tables of saved profiles.</summary>
static class StatsVerb
{
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
            files, sort, rows, restrictions, callers, callees, strip, reverse, format,
        };
        command.SetAction(parsed =>
        {
            var stats = Load(parsed.GetRequiredValue(files));
            if (parsed.GetValue(strip))
                stats.StripDirs();
            if (parsed.GetValue(sort) is { Length: > 0 } keys)
                stats.SortStats(SortKeys(keys));
            if (parsed.GetValue(reverse))
                stats.ReverseOrder();
            var content = parsed.GetValue(callers) ? ReportContent.Callers
                : parsed.GetValue(callees) ? ReportContent.Callees
                : ReportContent.Methods;
            Restriction[] limits = [.. (parsed.GetValue(restrictions) ?? []).Select(ReadRestriction), .. ReadRows(parsed.GetValue(rows))];
            return Report.Print(new(stats, limits, content), parsed.GetRequiredValue(format));
        });
        return command;
    }

    static Stats Load(string[] files)
    {
        using var progress = Progress.Start("Reading", files.Length);
        foreach (var file in files)
        {
            if (!File.Exists(file))
                throw new ToolException($"{file} does not exist. Give a .prof file; dotnet prof -o {file} PROGRAM makes one.");
        }
        return new(files);
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
                    ", or their unique beginnings)", ToolException.Usage);
            }
        }
        return names;
    }

    static Restriction ReadRestriction(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count) ? count
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction) ? fraction
        : text;

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
