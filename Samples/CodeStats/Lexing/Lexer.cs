using System.Buffers;

namespace CodeStats.Lexing;

/// <summary>
/// Takes a C# text apart into tokens and trivia. It never fails: what it cannot read becomes a token of an unknown kind
/// and an error.
/// </summary>
sealed partial class Lexer
{
    static readonly SearchValues<char> IdentifierCharacters =
        SearchValues.Create("_0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    readonly string text;
    readonly TextCursor cursor;
    readonly Preprocessor preprocessor = new();
    readonly NamePool names = new();
    readonly List<Token> tokens;
    readonly List<Trivia> trivia = [];
    readonly List<SourceError> errors = [];

    Lexer(string text)
    {
        const int CharactersPerToken = 6;
        this.text = text;
        cursor = new(text);
        tokens = new(text.Length / CharactersPerToken + 1);
    }

    /// <summary>Takes a text apart.</summary>
    public static LexedText Lex(string text)
    {
        var lexer = new Lexer(text);
        lexer.Run();
        return new(text, lexer.tokens, lexer.trivia, lexer.errors);
    }

    void Run()
    {
        for (SkipTrivia(); !cursor.AtEnd; SkipTrivia())
            ScanToken();
        Add(TokenKind.EndOfFile, cursor.Position);
    }

    void ScanToken()
    {
        var current = cursor.Current;
        if (IsIdentifierStart(current))
            ScanWord();
        else if (char.IsAsciiDigit(current) || current == '.' && char.IsAsciiDigit(cursor.Peek(1)))
            ScanNumber();
        else if (!TryScanQuoted(current))
            ScanOperator();
    }

    bool TryScanQuoted(char current)
    {
        switch (current)
        {
            case '\'':
                ScanCharacter();
                return true;
            case '"':
                ScanString();
                return true;
            case '$':
                return TryScanInterpolated();
            case '@':
                return TryScanVerbatim();
            default:
                return false;
        }
    }

    bool TryScanVerbatim()
    {
        if (cursor.Peek(1) == '"')
            ScanVerbatimString();
        else if (IsIdentifierStart(cursor.Peek(1)))
            ScanVerbatimName();
        else
            return TryScanInterpolated();
        return true;
    }

    void ScanWord()
    {
        var start = cursor.Position;
        SkipIdentifier();
        var word = text.AsSpan(start, cursor.Position - start);
        if (Vocabulary.TryGetKeyword(word, out var keyword))
            Add(TokenKind.Keyword, start, keyword);
        else
            Add(TokenKind.Identifier, start, names.Intern(word));
    }

    void ScanVerbatimName()
    {
        var start = cursor.Position;
        cursor.Advance();
        SkipIdentifier();
        Add(TokenKind.Identifier, start, names.Intern(text.AsSpan(start, cursor.Position - start)));
    }

    void SkipIdentifier()
    {
        cursor.SkipWhile(IdentifierCharacters);
        while (IsIdentifierPart(cursor.Current))
        {
            cursor.Advance();
            cursor.SkipWhile(IdentifierCharacters);
        }
    }

    void ScanOperator()
    {
        var start = cursor.Position;
        var found = Vocabulary.OperatorAt(cursor.Rest);
        cursor.Advance(found?.Length ?? 1);
        if (found is not null)
        {
            Add(TokenKind.Operator, start, found);
            return;
        }
        Add(TokenKind.Unknown, start);
        Report(start, $"unexpected character U+{(int)text[start]:X4}");
    }

    void Add(TokenKind kind, int start, string name = "") => tokens.Add(new(kind, name, start, cursor.Position));

    void Report(int offset, string message) => errors.Add(new(offset, message));

    // The backslash begins a letter that is written as an escape, as in "caf\u00E9".
    static bool IsIdentifierStart(char value) =>
        char.IsAsciiLetter(value) || value is '_' or '\\' || value > 127 && char.IsLetter(value);

    static bool IsIdentifierPart(char value) =>
        value == '\\' || value > 127 && (char.IsLetterOrDigit(value) || IsCombining(value));

    static bool IsCombining(char value) => char.GetUnicodeCategory(value)
        is System.Globalization.UnicodeCategory.NonSpacingMark
        or System.Globalization.UnicodeCategory.SpacingCombiningMark
        or System.Globalization.UnicodeCategory.ConnectorPunctuation
        or System.Globalization.UnicodeCategory.Format;
}
