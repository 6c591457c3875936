using System.CommandLine;
using System.Text;

namespace ProfilerWeaver.Tool;

/// <summary><c>dotnet prof diff</c>: what is different between two profiles, the cause first.</summary>
sealed class DiffVerb() : Verb("diff",
    "dotnet prof diff before.prof after.prof",
    "dotnet prof diff before.prof after.prof -o diff.html",
    "dotnet prof diff --base a1.prof --base a2.prof b1.prof b2.prof",
    "dotnet prof diff before.prof after.prof --format markdown >> summary.md")
{
    const int DefaultRows = 10;
    const string Extension = ".html";

    static readonly string[] Formats = ["text", "json", "markdown"];

    public override Command Create()
    {
        var files = CommandSymbol.Files("The profile to compare with, unless --base says which, and the new ones; several are runs of the " +
            "same program.", ArgumentArity.OneOrMore);
        var bases = CommandSymbol.Named(new Option<string[]>("--base")
        {
            Description = "A profile to compare with; can be repeated. All FILEs are new then.",
            HelpName = "FILE",
        });
        var format = new Option<string>("--format")
        {
            Description = "Output format.",
            HelpName = string.Join('|', Formats),
            DefaultValueFactory = _ => Formats[0],
        };
        format.AcceptOnlyFromAmong(Formats);
        var rows = new Option<int>("--rows", "-n")
        {
            Description = "How many causes, and how many times, are shown; json has all.",
            HelpName = "COUNT",
            DefaultValueFactory = _ => DefaultRows,
        };
        var output = CommandSymbol.Named(new Option<string?>("--outfile", "-o")
        {
            Description = $"Write a report for the browser; the name ends with {Extension}.",
            HelpName = "FILE",
        });
        var command = new Command(Name, "Compare profiles: who calls what more or less often than before.") { files, bases, format, rows, output };
        command.SetAction(parsed =>
        {
            var (before, after) = Sides(parsed.GetValue(bases) ?? [], parsed.GetRequiredValue(files));
            if (parsed.GetValue(rows) is < 1 and var few)
                throw new ToolException($"option --rows: expected a number of at least 1, not {few}.", ToolException.Usage);
            var page = parsed.GetValue(output);
            if (page?.EndsWith(Extension, StringComparison.OrdinalIgnoreCase) == false)
            {
                throw new ToolException($"-o {page}: expected a name that ends with {Extension}; --format writes the other formats to stdout.",
                    ToolException.Usage);
            }
            new OverwriteGuard(page).Check([.. before, .. after]);
            var difference = ProfileDifference.Between(Load(before), Load(after));
            if (page is not null)
                return WriteReport(difference, $"{Path.GetFileName(before[0])} → {Path.GetFileName(after[0])}", page);
            var name = parsed.GetRequiredValue(format);
            return Report.Print(name == Formats[0], stream => Write(difference, name, parsed.GetValue(rows), stream));
        });
        return command;
    }

    static (string[] Before, string[] After) Sides(string[] bases, string[] files) => (bases, files) switch
    {
        ({ Length: > 0 }, _) => (bases, files),
        (_, [var before, .. { Length: > 0 } after]) => ([before], after),
        _ => throw new ToolException($"There is nothing to compare {files[0]} with: name a second profile, or give --base FILE.",
            ToolException.Usage),
    };

    static Stats[] Load(string[] files) => Array.ConvertAll(files, file => SavedProfile.Load([file]));

    static int WriteReport(ProfileDifference difference, string title, string file)
    {
        try
        {
            DifferenceReport.Write(difference, title, new(), file);
        }
        catch (InvalidOperationException e)
        {
            throw new ToolException(e.Message, cause: e);
        }
        Messages.WriteLine($"dotnet-prof: the report is {Printable.Text(file)}");
        return 0;
    }

    static void Write(ProfileDifference difference, string format, int rows, Stream? stream)
    {
        if (stream is null)
        {
            DifferenceText.Write(difference, rows, Console.Out);
            return;
        }
        if (format == "json")
        {
            DifferenceJson.Write(difference, stream);
            stream.WriteByte((byte)'\n');
            return;
        }
        using var output = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        if (format == "markdown")
            DifferenceMarkdown.Write(difference, rows, output);
        else
            DifferenceText.Write(difference, rows, output);
    }
}
