using CodeStats.Lexing;

namespace CodeStats.Metrics;

/// <summary>Sorts the lines of a text into code, comments and blanks.</summary>
sealed class LineCounter
{
    readonly LineMap lines;
    readonly LineKind[] kinds;

    LineCounter(LineMap lines)
    {
        this.lines = lines;
        kinds = new LineKind[lines.Count];
    }

    /// <summary>What is on a line. The greater value decides.</summary>
    enum LineKind
    {
        Blank,
        Comment,
        Inactive,
        Code,
    }

    public static LineCounts Count(LexedText source, LineMap lines)
    {
        var counter = new LineCounter(lines);
        foreach (var token in source.Tokens)
            counter.Mark(token.Start, token.End, LineKind.Code);
        foreach (var trivia in source.Trivia)
            counter.Mark(trivia.Start, trivia.End, KindOf(trivia));
        return new(
            counter.CountOf(LineKind.Code),
            counter.CountOf(LineKind.Comment),
            counter.CountOf(LineKind.Inactive),
            counter.CountOf(LineKind.Blank));
    }

    static LineKind KindOf(Trivia trivia) => trivia.Kind switch
    {
        TriviaKind.Directive => LineKind.Code,
        TriviaKind.Inactive => LineKind.Inactive,
        _ => LineKind.Comment,
    };

    void Mark(int start, int end, LineKind kind)
    {
        if (start == end)
            return;
        var last = lines.IndexOf(end - 1);
        for (var line = lines.IndexOf(start); line <= last; line++)
            kinds[line] = kinds[line] > kind ? kinds[line] : kind;
    }

    int CountOf(LineKind kind) => kinds.AsSpan().Count(kind);
}
