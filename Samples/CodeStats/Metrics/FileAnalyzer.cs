using CodeStats.Lexing;
using CodeStats.Parsing;
using CodeStats.Sources;

namespace CodeStats.Metrics;

/// <summary>Measures one file.</summary>
static class FileAnalyzer
{
    public static FileMetrics Analyze(SourceFile file)
    {
        var lexed = Lexer.Lex(file.Text);
        var tree = Parser.Parse(lexed);
        var lines = new LineMap(file.Text);
        var collector = new MethodCollector(file.Path, tree, lines);
        collector.Collect();
        return new(
            LineCounter.Count(lexed, lines),
            lexed.Tokens.Count - 1,
            new CommentedCode(lexed, lines).CountLines(),
            collector.Types,
            CountIdentifiers(lexed),
            collector.Methods,
            [.. Problems(file, tree, lines)]);
    }

    static Counter<string> CountIdentifiers(LexedText source)
    {
        var counter = new Counter<string>();
        foreach (var token in source.Tokens)
        {
            if (token.IsIdentifier)
                counter.Add(token.Text);
        }
        return counter;
    }

    static IEnumerable<SyntaxProblem> Problems(SourceFile file, SyntaxTree tree, LineMap lines)
    {
        if (file.Failure is not null)
            yield return new(new(file.Path, 0), file.Failure);
        foreach (var error in tree.Errors.OrderBy(error => error.Offset))
            yield return new(new(file.Path, lines.NumberOf(error.Offset)), error.Message);
    }
}
