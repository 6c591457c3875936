using CodeStats.Lexing;

namespace CodeStats.Parsing;

/// <summary>The tokens of a text and the place that the parser has reached. After them comes only the end.</summary>
sealed class TokenStream
{
    readonly Token[] tokens;
    readonly BracketMap brackets;

    public TokenStream(IEnumerable<Token> tokens)
    {
        this.tokens = [.. tokens];
        brackets = new(this.tokens);
    }

    /// <summary>The index of the current token.</summary>
    public int Position { get; private set; }

    public Token Current => tokens[Position];

    public Token Next => this[Position + 1];

    public Token this[int index] => tokens[Math.Min(index, tokens.Length - 1)];

    public bool AtEnd => Current.Kind == TokenKind.EndOfFile;

    public bool AtIdentifier => Current.IsIdentifier;

    public bool At(string text) => Current.Text == text;

    public bool At(TokenKind kind) => Current.Kind == kind;

    /// <summary>Whether nothing stands between the token at <paramref name="index"/> and the next one.</summary>
    public bool IsGlued(int index) => this[index].End == this[index + 1].Start;

    /// <summary>The index of the bracket that closes the one at <paramref name="index"/>, or -1.</summary>
    public int PartnerOf(int index) => index < tokens.Length ? brackets.PartnerOf(index) : -1;

    public Token Take()
    {
        var taken = Current;
        if (Position < tokens.Length - 1)
            Position++;
        return taken;
    }

    public bool TakeIf(string text)
    {
        if (!At(text))
            return false;
        Take();
        return true;
    }

    /// <summary>Takes the token, which must be this one.</summary>
    /// <exception cref="SyntaxException">It is another one.</exception>
    public void Expect(string text)
    {
        if (!TakeIf(text))
            throw Unexpected($"'{text}'");
    }

    /// <inheritdoc cref="Expect(string)"/>
    public void Expect(TokenKind kind, string description)
    {
        if (!At(kind))
            throw Unexpected(description);
        Take();
    }

    /// <inheritdoc cref="Expect(string)"/>
    public string ExpectIdentifier() => AtIdentifier ? Take().Text : throw Unexpected("a name");

    /// <summary>Goes to a token further on.</summary>
    public void SkipTo(int index)
    {
        if (index > Position)
            Position = Math.Min(index, tokens.Length - 1);
    }

    /// <summary>The error that the current token is not what the grammar asks for.</summary>
    public SyntaxException Unexpected(string expected) =>
        new($"expected {expected}, found {Current.Description}", Current.Start);
}
