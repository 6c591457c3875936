using System.Buffers;
using CodeStats.Lexing;
using CodeStats.Parsing;

namespace CodeStats.Metrics;

/// <summary>Finds code that was commented out: comments that parse.</summary>
sealed class CommentedCode(LexedText source, LineMap lines)
{
    static readonly SearchValues<char> Punctuation = SearchValues.Create(";={}()");

    /// <summary>Comments on adjacent lines.</summary>
    readonly record struct CommentBlock(int FirstLine, int LastLine, string Text);

    /// <summary>The number of lines of code in comments.</summary>
    public int CountLines() => Blocks().Where(IsCode).Sum(block => block.LastLine - block.FirstLine + 1);

    IEnumerable<CommentBlock> Blocks()
    {
        var current = new CommentBlock(0, 0, "");
        foreach (var comment in source.Trivia.Where(trivia => trivia.IsComment && trivia.Kind != TriviaKind.DocComment))
        {
            var next = BlockOf(comment);
            if (next.FirstLine == current.LastLine + 1)
            {
                current = current with { LastLine = next.LastLine, Text = $"{current.Text}\n{next.Text}" };
                continue;
            }
            yield return current;
            current = next;
        }
        yield return current;
    }

    CommentBlock BlockOf(Trivia comment)
    {
        var text = source.Text.AsSpan(comment.Start, comment.End - comment.Start).TrimStart('/').Trim('*');
        if (comment.Kind == TriviaKind.BlockComment)
            text = text.TrimEnd("*/");
        return new(lines.NumberOf(comment.Start), lines.NumberOf(comment.End - 1), text.ToString());
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
