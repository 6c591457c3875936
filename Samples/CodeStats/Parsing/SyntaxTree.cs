using CodeStats.Lexing;

namespace CodeStats.Parsing;

/// <summary>A parsed source text.</summary>
/// <param name="Source">The text and its tokens.</param>
/// <param name="Root">The compilation unit.</param>
/// <param name="Errors">What was skipped because it is not C#.</param>
sealed record SyntaxTree(LexedText Source, SyntaxNode Root, IReadOnlyList<SourceError> Errors);
