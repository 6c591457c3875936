namespace CodeStats.Lexing;

/// <summary>What a token is. Contextual keywords such as <c>var</c> are identifiers.</summary>
enum TokenKind
{
    Identifier,
    Keyword,
    Operator,
    Number,
    Character,
    String,

    /// <summary>The opening of an interpolated string, up to and including its quotes.</summary>
    InterpolationStart,
    InterpolationText,
    HoleStart,

    /// <summary>The format of a hole, with the colon that introduces it.</summary>
    HoleFormat,
    HoleEnd,
    InterpolationEnd,
    Unknown,
    EndOfFile,
}
