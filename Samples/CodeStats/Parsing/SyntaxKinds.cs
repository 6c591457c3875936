namespace CodeStats.Parsing;

/// <summary>The groups of syntax kinds.</summary>
static class SyntaxKinds
{
    public static bool IsType(this SyntaxKind kind) => kind is >= SyntaxKind.Class and <= SyntaxKind.Extension;

    public static bool IsMethod(this SyntaxKind kind) => kind is >= SyntaxKind.Method and <= SyntaxKind.Accessor;

    public static bool IsStatement(this SyntaxKind kind) => kind is >= SyntaxKind.Block and <= SyntaxKind.Empty;

    public static bool IsExpression(this SyntaxKind kind) => kind is >= SyntaxKind.Name and <= SyntaxKind.TypeOperator;

    /// <summary>Whether control can take two ways at the node: one more path through its method.</summary>
    public static bool IsDecision(this SyntaxKind kind) => kind
        is SyntaxKind.If or SyntaxKind.ElseIf or SyntaxKind.While or SyntaxKind.Do or SyntaxKind.For
        or SyntaxKind.ForEach or SyntaxKind.SwitchSection or SyntaxKind.SwitchArm or SyntaxKind.Guard
        or SyntaxKind.Catch or SyntaxKind.Conditional or SyntaxKind.ConditionalAccess
        or SyntaxKind.LogicalAnd or SyntaxKind.LogicalOr or SyntaxKind.Coalescing;

    /// <summary>Whether what is inside the node reads one level deeper.</summary>
    public static bool IsNesting(this SyntaxKind kind) => kind
        is SyntaxKind.If or SyntaxKind.While or SyntaxKind.Do or SyntaxKind.For or SyntaxKind.ForEach
        or SyntaxKind.Switch or SyntaxKind.Try or SyntaxKind.UsingBlock or SyntaxKind.Lock or SyntaxKind.Fixed
        or SyntaxKind.SwitchExpression or SyntaxKind.Lambda or SyntaxKind.LocalFunction;
}
