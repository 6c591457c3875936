using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof stats</c>: prints tables of saved profiles.</summary>
sealed class StatsVerb() : Verb("stats",
    "dotnet prof stats app.prof -s cumulative -n 20",
    "dotnet prof stats monday.prof tuesday.prof --strip-dirs --format markdown",
    @"dotnet prof stats app.prof --callers -r 'Repository\.Load'")
{
    public override Command Create()
    {
        var files = CommandSymbol.Files("ProfilerWeaver or cProfile files; several are summed.", ArgumentArity.OneOrMore);
        var command = new Command(Name, "Print saved profiles as a table.") { files };
        var options = new List<(NamedOption<ReportOptions> Option, Option Symbol)>();
        foreach (var option in ReportOption.All)
        {
            var symbol = CommandSymbol.Of(option);
            options.Add((option, symbol));
            command.Add(symbol);
        }
        command.SetAction(parsed =>
        {
            var report = Read(parsed, options);
            return Report.Print(report.Of(SavedProfile.Load(parsed.GetRequiredValue(files))), report.Format);
        });
        return command;
    }

    static ReportOptions Read(ParseResult parsed, List<(NamedOption<ReportOptions> Option, Option Symbol)> options)
    {
        var report = new ReportOptions();
        foreach (var (option, symbol) in options)
        {
            if (parsed.GetResult(symbol) is not { Implicit: false } given)
                continue;
            try
            {
                foreach (var value in option.Value is null ? [""] : given.Tokens.Select(token => token.Value))
                    option.Apply(report, value);
            }
            catch (FormatException e)
            {
                throw new ToolException($"option {given.IdentifierToken?.Value ?? option.Name}: {e.Message}", ToolException.Usage);
            }
        }
        report.Check();
        return report;
    }
}
