using System.Buffers;
using CodeStats.Lexing;
using CodeStats.Parsing;

namespace CodeStats.Metrics;

/// <summary>Finds code that was commented out: comments that parse.</summary>
sealed class CommentedCode(LexedText source, LineMap lines)
{
    static readonly SearchValues<char> Punctuation = SearchValues.Create(";={}()");

    /// <summary>A block comment, or line comments on adjacent lines.</summary>
    readonly record struct CommentBlock(bool IsLines, int FirstLine, int LastLine, string Text)
    {
        public int Lines => LastLine - FirstLine + 1;

        public bool Continues(CommentBlock other) =>
            IsLines && other.IsLines && FirstLine == other.LastLine + 1;

        public static CommentBlock operator +(CommentBlock upper, CommentBlock lower) =>
            upper with { LastLine = lower.LastLine, Text = $"{upper.Text}\n{lower.Text}" };
    }

    /// <summary>The number of lines of code in comments.</summary>
    public int CountLines() => Blocks().Where(IsCode).Sum(block => block.Lines);

    IEnumerable<CommentBlock> Blocks()
    {
        CommentBlock? current = null;
        foreach (var comment in source.Trivia.Where(IsOrdinaryComment))
        {
            var next = BlockOf(comment);
            if (current is { } block && next.Continues(block))
            {
                current = block + next;
                continue;
            }
            if (current is { } finished)
                yield return finished;
            current = next;
        }
        if (current is { } last)
            yield return last;
    }

    // What is in a documentation comment is meant to be there, examples too.
    static bool IsOrdinaryComment(Trivia trivia) => trivia.Kind is TriviaKind.LineComment or TriviaKind.BlockComment;

    CommentBlock BlockOf(Trivia comment)
    {
        var isLine = comment.Kind == TriviaKind.LineComment;
        var text = source.Text.AsSpan(comment.Start, comment.End - comment.Start).TrimStart('/');
        return new(
            isLine,
            lines.NumberOf(comment.Start),
            lines.NumberOf(comment.End - 1),
            (isLine ? text : text.TrimEnd('/').Trim('*')).ToString());
    }

    static bool IsCode(CommentBlock block)
    {
        if (!block.Text.AsSpan().ContainsAny(Punctuation))
            return false;
        try
        {
            return DoesSomething(Parser.ParseStrictly(Lexer.Lex(block.Text)));
        }
        catch (SyntaxException)
        {
            return false;
        }
    }

    // "See above;" parses as the declaration of a variable.
    static bool DoesSomething(SyntaxNode root) =>
        root.Descendants().Any(entry => entry.Node.Kind
            is SyntaxKind.Assignment or SyntaxKind.Invocation or SyntaxKind.Creation or SyntaxKind.Literal
            or SyntaxKind.Return or SyntaxKind.Jump or SyntaxKind.Unary);
}
