namespace CodeStats.Lexing;

/// <summary>A preprocessor directive that makes no sense.</summary>
sealed class DirectiveException(string message) : Exception(message);
