using System.Buffers;

namespace CodeStats.Lexing;

// Numbers, characters and the strings without holes.
sealed partial class Lexer
{
    const int RawQuotes = 3;
    const int EscapeLength = 2;

    static readonly SearchValues<char> NumberCharacters = SearchValues.Create("_0123456789abcdefABCDEF");
    static readonly SearchValues<char> DecimalDigits = SearchValues.Create("_0123456789");
    static readonly SearchValues<char> NumberSuffixes = SearchValues.Create("uUlLfFdDmM");
    static readonly SearchValues<char> StringStops = SearchValues.Create("\"\\\r\n");
    static readonly SearchValues<char> CharacterStops = SearchValues.Create("'\\\r\n");

    void ScanNumber()
    {
        var start = cursor.Position;
        if (cursor.Current == '0' && cursor.Peek(1) is 'x' or 'X' or 'b' or 'B')
            SkipPrefixedDigits();
        else
            SkipDecimalNumber();
        cursor.SkipWhile(NumberSuffixes);
        Add(TokenKind.Number, start);
    }

    void SkipPrefixedDigits()
    {
        const int Prefix = 2;
        cursor.Advance(Prefix);
        cursor.SkipWhile(NumberCharacters);
    }

    void SkipDecimalNumber()
    {
        cursor.SkipWhile(DecimalDigits);
        if (cursor.Current == '.' && char.IsAsciiDigit(cursor.Peek(1)))
        {
            cursor.Advance();
            cursor.SkipWhile(DecimalDigits);
        }
        if (cursor.Current is 'e' or 'E')
            SkipExponent();
    }

    void SkipExponent()
    {
        cursor.Advance();
        if (cursor.Current is '+' or '-')
            cursor.Advance();
        cursor.SkipWhile(DecimalDigits);
    }

    void ScanCharacter()
    {
        var start = cursor.Position;
        cursor.Advance();
        SkipEscapedUntil('\'', CharacterStops, start, "unterminated character literal");
        Add(TokenKind.Character, start);
    }

    void ScanString()
    {
        var start = cursor.Position;
        var quotes = cursor.RunLength();
        if (quotes >= RawQuotes)
        {
            SkipRawString(quotes, start);
        }
        else
        {
            cursor.Advance();
            SkipEscapedUntil('"', StringStops, start, "unterminated string");
        }
        AddString(start);
    }

    void ScanVerbatimString()
    {
        var start = cursor.Position;
        cursor.Advance();
        do
        {
            cursor.Advance();
            var length = cursor.Rest.IndexOf('"');
            if (length < 0)
                Report(start, "unterminated verbatim string");
            cursor.Advance(length < 0 ? cursor.Rest.Length : length + 1);
        }
        while (cursor.Current == '"');
        AddString(start);
    }

    void SkipRawString(int quotes, int start)
    {
        cursor.Advance(quotes);
        var length = cursor.Rest.IndexOf(text.AsSpan(start, quotes));
        if (length < 0)
            Report(start, "unterminated raw string");
        cursor.Advance(length < 0 ? cursor.Rest.Length : length);
        if (!cursor.AtEnd)
            cursor.Advance(cursor.RunLength());
    }

    void SkipEscapedUntil(char quote, SearchValues<char> stops, int start, string complaint)
    {
        cursor.SkipUntil(stops);
        while (cursor.Current == '\\')
        {
            cursor.Advance(EscapeLength);
            cursor.SkipUntil(stops);
        }
        if (cursor.Current == quote)
            cursor.Advance();
        else
            Report(start, complaint);
    }

    void AddString(int start)
    {
        if (cursor.At("u8") || cursor.At("U8"))
            cursor.Advance("u8".Length);
        Add(TokenKind.String, start);
    }
}
