using CodeStats.Parsing;

namespace CodeStats.Metrics;

/// <summary>A place in a file that is not C#.</summary>
sealed record SyntaxProblem(SourceLocation Location, string Message);

/// <summary>What was measured of a file.</summary>
sealed record FileMetrics(
    LineCounts Lines,
    int Tokens,
    int CommentedCodeLines,
    Counter<SyntaxKind> Types,
    Counter<string> Identifiers,
    IReadOnlyList<MethodMetrics> Methods,
    IReadOnlyList<SyntaxProblem> Problems);
