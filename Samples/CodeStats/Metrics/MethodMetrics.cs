namespace CodeStats.Metrics;

/// <summary>What was measured of a method, constructor, operator or accessor with a body.</summary>
/// <param name="Name">The name with those of its types.</param>
/// <param name="Location">Where it begins.</param>
/// <param name="Lines">Its lines, from the first to the last token.</param>
/// <param name="Tokens">Its tokens.</param>
/// <param name="Complexity">Its cyclomatic complexity: decisions plus one. Lambdas and local functions are part of the
/// method that they are in.</param>
/// <param name="Nesting">How deep its control flow is nested at most.</param>
/// <param name="Expressions">Its expressions, each operand and operator being one.</param>
/// <param name="Shingles">Its text for comparing it with other methods.</param>
sealed record MethodMetrics(
    string Name,
    SourceLocation Location,
    int Lines,
    int Tokens,
    int Complexity,
    int Nesting,
    int Expressions,
    ShingleSet Shingles);
