using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof report</c>: makes a page of saved profiles that any browser shows.</summary>
sealed class ReportVerb() : Verb("report",
    "dotnet prof report app.prof --open",
    "dotnet prof report monday.prof tuesday.prof -o week.html",
    "dotnet prof report app.prof --source --max-nodes 100000")
{
    const string Extension = ".html";

    public override Command Create()
    {
        var files = CommandSymbol.Files("ProfilerWeaver or cProfile files; several are summed.", ArgumentArity.OneOrMore);
        var output = CommandSymbol.Named(new Option<string?>("--outfile", "-o")
        {
            Description = "Where to write the report; by default beside the first FILE, with the ending .html.",
            HelpName = "FILE",
        });
        var open = new Option<bool>("--open") { Description = "Open the report in the browser." };
        var source = new Option<bool>("--source") { Description = "Put the text of the source files into the report." };
        var most = new Option<int>("--max-nodes")
        {
            Description = "How many contexts of the call tree to keep, the heaviest ones; the rest are shown as sums.",
            HelpName = "COUNT",
            DefaultValueFactory = _ => HtmlOptions.DefaultMostContexts,
        };
        var byThread = new Option<bool>("--by-thread")
        {
            Description = "Show what async methods do after an await where it ran, instead of where it was called.",
        };
        var command = new Command(Name, "Make an HTML report: flame graph, table, callers and callees in one file.")
        {
            files, output, open, source, most, byThread,
        };
        var part = new PartOptions(command);
        command.SetAction(parsed =>
        {
            var all = parsed.GetRequiredValue(files);
            var file = parsed.GetValue(output) ?? Path.ChangeExtension(all[0], Extension);
            new OverwriteGuard(file).Check(all);
            var contexts = parsed.GetValue(most);
            if (contexts < 1)
                throw new ToolException($"option --max-nodes: expected a number of at least 1, not {contexts}.", ToolException.Usage);
            var stats = SavedProfile.Load(all);
            if (parsed.GetValue(byThread))
                RegroupByThread(stats);
            part.Apply(parsed, stats);
            Write(stats, new() { WithSources = parsed.GetValue(source), MostContexts = contexts }, file);
            Messages.WriteLine($"dotnet-prof: the report is {Printable.Text(file)}");
            if (parsed.GetValue(open) && BrowserStart.Try(file) is { } reason)
                Messages.WriteLine($"dotnet-prof: warning: no browser could be started ({reason}). Open {Printable.Text(file)} yourself.");
        });
        return command;
    }

    static void RegroupByThread(Stats stats)
    {
        try
        {
            stats.RegroupByThread();
        }
        catch (InvalidOperationException e)
        {
            throw new ToolException(e.Message, cause: e);
        }
    }

    static void Write(Stats stats, HtmlOptions options, string output)
    {
        using var progress = Progress.Start("Writing the report");
        HtmlReport.Write(stats, options, output);
    }
}
