using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof export</c>: writes profiles for other tools.</summary>
sealed class ExportVerb() : Verb("export",
    "dotnet prof export app.prof -o app.pb.gz",
    "dotnet prof export app.prof --to speedscope -o app.json",
    "dotnet prof export app.prof --to collapsed --metric calls -o - | flamegraph.pl > app.svg")
{
    public override Command Create()
    {
        var files = CommandSymbol.Files("Profiles; several are summed.", ArgumentArity.OneOrMore);
        var to = CommandSymbol.Named(new Option<string?>("--to")
        {
            Description = $"The format; by default, it follows from the extension of OUT. One of {string.Join(", ", OutputFormats.Names)}.",
            HelpName = "FORMAT",
        });
        to.CompletionSources.Add([.. OutputFormats.Names]);
        var output = CommandSymbol.Named(new Option<string>("--outfile", "-o")
        {
            Description = "The file to write; - for stdout.",
            HelpName = "OUT",
            Required = true,
        });
        var nodes = new Option<int?>("--max-nodes")
        {
            Description = "How many contexts, or methods, to write at most; the rest are combined, so totals stay the same.",
            HelpName = "COUNT",
        };
        var metric = new Option<string?>("--metric")
        {
            Description = "The figure, for formats that hold one; the default is time.",
            HelpName = string.Join('|', ExportMetric.All.Select(known => known.Name)),
        };
        metric.AcceptOnlyFromAmong([.. ExportMetric.All.Select(known => known.Name)]);
        var command = new Command(Name, "Write saved profiles in other tools' formats.") { files, to, output, nodes, metric };
        var part = new PartOptions(command);
        command.SetAction(parsed =>
        {
            var path = parsed.GetRequiredValue(output);
            var format = parsed.GetValue(to) is { } name ? OutputFormats.Named(name) : Guess(path);
            var options = Options(format, parsed.GetValue(nodes), parsed.GetValue(metric));
            var inputs = parsed.GetRequiredValue(files);
            new OverwriteGuard(path).Check(inputs);
            var stats = SavedProfile.Load(inputs);
            part.Apply(parsed, stats);
            return OutputFormats.Write(stats, format, options, path);
        });
        return command;
    }

    static ExportFormat Guess(string path) => OutputFormats.ForFile(path) ?? throw new ToolException(
        $"-o {path}: this extension belongs to no known format. Choose one with --to, or use one of these extensions: " +
            $"{string.Join(", ", OutputFormats.All.Select(format => format.Endings[0]))}.", ToolException.Usage);

    static ExportOptions Options(ExportFormat format, int? maxNodes, string? metric)
    {
        if (maxNodes is not null && !format.CanBeLimited)
            throw new ToolException($"--max-nodes has no effect on {format.Name}, which has a row for each method.", ToolException.Usage);
        if (maxNodes < 1)
            throw new ToolException($"option --max-nodes: expected 1 or more, not {maxNodes}.", ToolException.Usage);
        if (metric is not null && !format.HasOneMetric)
        {
            throw new ToolException($"--metric has no effect on {format.Name}, which holds all figures. It applies to " +
                $"{string.Join(", ", OutputFormats.All.Where(known => known.HasOneMetric).Select(known => known.Name))}.", ToolException.Usage);
        }
        var options = new ExportOptions { MaxNodes = maxNodes };
        return metric is null ? options : options with { Metric = ExportMetric.All.Single(known => known.Name == metric) };
    }
}
