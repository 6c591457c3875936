using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>What profiles can be written as, besides <c>.prof</c> files: a line each.</summary>
static class OutputFormats
{
    public static readonly ExportFormat[] All =
    [
        new("html", [".html"], "any browser opens it.", new HtmlWriter()),
        .. ExportFormats.All,
        new("jsonl", [".jsonl"], "jq . FILE shows it.", new JsonLinesWriter()),
        new("json", [".json"], "jq . FILE shows it.", new TableWriter("json")) { CanBeLimited = false },
        new("csv", [".csv"], "any spreadsheet opens it.", new TableWriter("csv")) { CanBeLimited = false },
        new("markdown", [".md"], "any editor opens it.", new TableWriter("markdown")) { CanBeLimited = false },
    ];

    public static IEnumerable<string> Names => All.Select(format => format.Name);

    /// <summary>The format of a file, by the end of its name; null if it has none of those, as <c>.prof</c> files have.</summary>
    public static ExportFormat? ForFile(string path) => ExportFormat.ForFile(path, All);

    /// <exception cref="ToolException">There is no such format.</exception>
    public static ExportFormat Named(string name) => Array.Find(All, format => format.Name == name) ?? throw new ToolException(
        $"option --to: there is no format {PythonText.Repr(name)}. Did you mean {NearestName.Of(name, Names)}? " +
            $"Choose from {string.Join(", ", Names)}.", ToolException.Usage);

    /// <summary>Writes a profile to a file, which is replaced once the new one is complete; <c>-</c> is stdout.</summary>
    /// <returns>0, or the exit code for a stdout that was closed or cannot be written.</returns>
    /// <exception cref="ToolException">The profile lacks what the format needs.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static int Write(Stats stats, ExportFormat format, ExportOptions options, string path)
    {
        var limited = options with { MaxNodes = options.MaxNodes ?? format.MaxNodes };
        var profile = new ExportedProfile(stats, limited);
        var exitCode = 0;
        try
        {
            if (path == "-")
                exitCode = Report.Print(isText: false, stream => WriteTo(stream!));
            else
                AtomicFile.Write(Path.GetFullPath(path), WriteTo);
        }
        catch (InvalidOperationException e)
        {
            throw new ToolException($"the profile cannot be written as {format.Name}. {e.Message}", cause: e);
        }
        if (exitCode == 0 && profile.IsPruned && options.MaxNodes is null)
        {
            Messages.WriteLine($"dotnet-prof: note: {path} has the {format.MaxNodes:N0} heaviest nodes; the others are put together as " +
                $"{TreePruning.Name}. --max-nodes says how many to keep.");
        }
        return exitCode;

        void WriteTo(Stream stream)
        {
            using var buffered = new BufferedStream(stream);
            format.Writer.Write(profile, buffered);
        }
    }
}
