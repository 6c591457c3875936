using System.Runtime.CompilerServices;

namespace CodeStats.Lexing;

// Interpolated strings. Their holes hold ordinary tokens, and so in turn strings of every sort.
sealed partial class Lexer
{
    /// <summary>How an interpolated string is delimited.</summary>
    readonly record struct InterpolationStyle(int Dollars, int Quotes, bool IsVerbatim)
    {
        public bool IsRaw => Quotes >= RawQuotes;

        public bool AllowsLineBreaks => IsRaw || IsVerbatim;
    }

    bool TryScanInterpolated()
    {
        var start = cursor.Position;
        var prefix = PrefixLength();
        // Strings nested in holes deeper than the stack allows are no strings; the dollar is reported instead.
        if (prefix == 0 || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
            return false;
        var opening = text.AsSpan(start, prefix);
        cursor.Advance(prefix);
        var run = cursor.RunLength();
        var isVerbatim = opening.Contains('@');
        var quotes = run >= RawQuotes && !isVerbatim ? run : 1;
        cursor.Advance(quotes);
        Add(TokenKind.InterpolationStart, start);
        ScanInterpolation(new(opening.Count('$'), quotes, isVerbatim), start);
        return true;
    }

    int PrefixLength()
    {
        var length = cursor.Rest.IndexOfAnyExcept('$', '@');
        return length > 0 && cursor.Peek(length) == '"' ? length : 0;
    }

    void ScanInterpolation(InterpolationStyle style, int start)
    {
        while (ScanInterpolationText(style))
            ScanHole(style);
        var end = cursor.Position;
        if (cursor.Current == '"')
            cursor.Advance(style.Quotes);
        else
            Report(start, "unterminated interpolated string");
        Add(TokenKind.InterpolationEnd, end);
    }

    /// <summary>Scans up to the next hole (then true) or to the closing quotes.</summary>
    bool ScanInterpolationText(InterpolationStyle style)
    {
        var start = cursor.Position;
        while (SkipLiteralPiece(style))
        {
        }
        if (cursor.Position > start)
            Add(TokenKind.InterpolationText, start);
        return cursor.Current == '{';
    }

    /// <summary>Skips a character, an escape or a run of quotes or braces that is text; else false.</summary>
    bool SkipLiteralPiece(InterpolationStyle style)
    {
        if (cursor.AtEnd)
            return false;
        switch (cursor.Current)
        {
            case '"':
                return SkipQuotes(style);
            case '{':
                return SkipBraces(style);
            case '\\' when !style.AllowsLineBreaks:
                cursor.Advance(EscapeLength);
                return true;
            case '\r' or '\n' when !style.AllowsLineBreaks:
                return false;
            default:
                cursor.Advance();
                return true;
        }
    }

    bool SkipQuotes(InterpolationStyle style)
    {
        var run = cursor.RunLength();
        if (style.IsRaw)
        {
            var isText = run < style.Quotes;
            cursor.Advance(isText ? run : run - style.Quotes);
            return isText;
        }
        if (!style.IsVerbatim || run < EscapeLength)
            return false;
        cursor.Advance(EscapeLength);
        return true;
    }

    bool SkipBraces(InterpolationStyle style)
    {
        var run = cursor.RunLength();
        if (style.IsRaw)
        {
            var isText = run < style.Dollars;
            cursor.Advance(isText ? run : run - style.Dollars);
            return isText;
        }
        if (run < EscapeLength)
            return false;
        cursor.Advance(EscapeLength);
        return true;
    }

    void ScanHole(InterpolationStyle style)
    {
        var start = cursor.Position;
        cursor.Advance(style.Dollars);
        Add(TokenKind.HoleStart, start);
        ScanHoleTokens();
        if (cursor.Current == ':')
            ScanHoleFormat();
        var end = cursor.Position;
        if (cursor.Current == '}')
            cursor.Advance(style.Dollars);
        else
            Report(start, "unterminated interpolation");
        Add(TokenKind.HoleEnd, end);
    }

    void ScanHoleTokens()
    {
        var depth = 0;
        for (SkipTrivia(); !cursor.AtEnd && !(depth == 0 && AtHoleEnd()); SkipTrivia())
        {
            ScanToken();
            depth += DepthChange(tokens[^1].Text);
        }
    }

    bool AtHoleEnd() => cursor.Current == '}' || cursor.Current == ':' && cursor.Peek(1) != ':';

    void ScanHoleFormat()
    {
        var start = cursor.Position;
        while (!cursor.AtEnd && cursor.Current is not ('}' or '"' or '\r' or '\n'))
            cursor.Advance();
        Add(TokenKind.HoleFormat, start);
    }

    static int DepthChange(string text) => text switch
    {
        "(" or "[" or "{" => 1,
        ")" or "]" or "}" => -1,
        _ => 0,
    };
}
