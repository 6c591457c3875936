namespace CodeStats.Lexing;

/// <summary>Something in a source text that is not C#.</summary>
/// <param name="Offset">Where, as an offset into the text.</param>
/// <param name="Message">What is wrong.</param>
readonly record struct SourceError(int Offset, string Message);
