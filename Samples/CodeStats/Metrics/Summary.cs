using CodeStats.Parsing;

namespace CodeStats.Metrics;

/// <summary>What was measured of all files together.</summary>
sealed class Summary
{
    public Summary(IEnumerable<FileMetrics> files)
    {
        foreach (var file in files)
            Add(file);
        Duplicates = DuplicateFinder.Find(Methods);
    }

    public int Files { get; private set; }

    public LineCounts Lines { get; private set; }

    public int Tokens { get; private set; }

    public int CommentedCodeLines { get; private set; }

    public Counter<SyntaxKind> Types { get; } = new();

    public Counter<string> Identifiers { get; } = new();

    public List<MethodMetrics> Methods { get; } = [];

    public List<SyntaxProblem> Problems { get; } = [];

    public IReadOnlyList<Duplicate> Duplicates { get; }

    void Add(FileMetrics file)
    {
        Files++;
        Lines += file.Lines;
        Tokens += file.Tokens;
        CommentedCodeLines += file.CommentedCodeLines;
        Types.AddAll(file.Types);
        Identifiers.AddAll(file.Identifiers);
        Methods.AddRange(file.Methods);
        Problems.AddRange(file.Problems);
    }
}
