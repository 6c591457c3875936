namespace CodeStats.Lexing;

/// <summary>The smallest piece of a source file that means something.</summary>
/// <param name="Kind">What the token is.</param>
/// <param name="Text">The text of an identifier (with its <c>@</c>), keyword or operator; empty for all others, so
/// that comparing texts never takes a literal for code.</param>
/// <param name="Start">The offset of the first character.</param>
/// <param name="End">The offset after the last character.</param>
readonly record struct Token(TokenKind Kind, string Text, int Start, int End)
{
    public bool IsIdentifier => Kind == TokenKind.Identifier;

    public bool IsLiteral => Kind is TokenKind.Number or TokenKind.Character or TokenKind.String;

    /// <summary>What an error message calls the token.</summary>
    public string Description => Text.Length > 0 ? $"'{Text}'" : Kind switch
    {
        TokenKind.EndOfFile => "the end of the file",
        TokenKind.Number => "a number",
        TokenKind.Character => "a character literal",
        TokenKind.Unknown => "an unknown character",
        _ => "a string",
    };
}
