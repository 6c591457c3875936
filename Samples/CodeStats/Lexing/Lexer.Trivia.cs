using System.Buffers;

namespace CodeStats.Lexing;

// What stands between tokens: white space, comments, directives and the lines that directives switch off.
sealed partial class Lexer
{
    static readonly SearchValues<char> Blanks = SearchValues.Create(" \t\r\n\f\v\u00A0\uFEFF\u0085\u2028\u2029");

    void SkipTrivia()
    {
        do
            cursor.SkipWhile(Blanks);
        while (TrySkipComment() || TrySkipDirective());
    }

    bool TrySkipComment()
    {
        if (cursor.Current != '/')
            return false;
        switch (cursor.Peek(1))
        {
            case '/':
                SkipLineComment();
                return true;
            case '*':
                SkipBlockComment();
                return true;
            default:
                return false;
        }
    }

    void SkipLineComment()
    {
        var start = cursor.Position;
        var isDoc = cursor.At("///") && cursor.Peek(3) != '/';
        cursor.SkipLine();
        AddTrivia(isDoc ? TriviaKind.DocComment : TriviaKind.LineComment, start);
    }

    void SkipBlockComment()
    {
        const int Delimiter = 2;
        var start = cursor.Position;
        cursor.Advance(Delimiter);
        var length = cursor.Rest.IndexOf("*/", StringComparison.Ordinal);
        if (length < 0)
            Report(start, "unterminated comment");
        cursor.Advance(length < 0 ? cursor.Rest.Length : length + Delimiter);
        AddTrivia(TriviaKind.BlockComment, start);
    }

    bool TrySkipDirective()
    {
        if (cursor.Current != '#' || !IsFirstOnLine(cursor.Position))
            return false;
        SkipDirective();
        while (!preprocessor.IsActive && !cursor.AtEnd)
            SkipInactiveLine();
        return true;
    }

    void SkipDirective()
    {
        var start = cursor.Position;
        cursor.SkipLine();
        AddTrivia(TriviaKind.Directive, start);
        try
        {
            preprocessor.Execute(text[(start + 1)..cursor.Position]);
        }
        catch (DirectiveException error)
        {
            Report(start, error.Message);
        }
    }

    void SkipInactiveLine()
    {
        cursor.SkipWhile(Blanks);
        if (cursor.AtEnd)
            return;
        if (cursor.Current == '#')
        {
            SkipDirective();
            return;
        }
        var start = cursor.Position;
        cursor.SkipLine();
        AddTrivia(TriviaKind.Inactive, start);
    }

    bool IsFirstOnLine(int position)
    {
        var before = text.AsSpan(0, position).TrimEnd(" \t\uFEFF");
        return before.IsEmpty || before[^1] is '\n' or '\r';
    }

    void AddTrivia(TriviaKind kind, int start) => trivia.Add(new(kind, start, cursor.Position));
}
