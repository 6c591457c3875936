namespace CodeStats.Sources;

/// <summary>A source file in memory.</summary>
/// <param name="Path">The path from the folder, with <c>/</c>.</param>
/// <param name="Text">The text; empty if it could not be read.</param>
/// <param name="Failure">Why it could not be read, or null.</param>
sealed record SourceFile(string Path, string Text, string? Failure = null);
