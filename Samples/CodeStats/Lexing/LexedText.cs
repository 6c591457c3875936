namespace CodeStats.Lexing;

/// <summary>A source text taken apart.</summary>
/// <param name="Text">The text.</param>
/// <param name="Tokens">Its tokens; the last one is the end of the file.</param>
/// <param name="Trivia">Comments, directives and inactive lines, in order.</param>
/// <param name="Errors">What could not be read.</param>
sealed record LexedText(
    string Text,
    IReadOnlyList<Token> Tokens,
    IReadOnlyList<Trivia> Trivia,
    IReadOnlyList<SourceError> Errors);
