namespace CodeStats.Parsing;

/// <summary>What a syntax node is. The groups are contiguous; <see cref="SyntaxKinds"/> relies on it.</summary>
enum SyntaxKind
{
    CompilationUnit,
    Using,
    Namespace,
    Attributes,
    Type,
    Parameter,
    Constraint,

    // Type declarations
    Class,
    Struct,
    Record,
    Interface,
    Enum,
    Delegate,
    Extension,

    // Members without a body
    Field,
    EnumMember,
    Property,

    // Members with a body
    Method,
    Constructor,
    Destructor,
    Operator,
    Accessor,

    // Statements
    Block,
    LocalDeclaration,
    LocalFunction,
    ExpressionStatement,
    If,
    ElseIf,
    While,
    Do,
    For,
    ForEach,
    Switch,
    SwitchSection,
    Try,
    Catch,
    Return,
    Throw,
    Jump,
    Yield,
    UsingBlock,
    Lock,
    Fixed,
    Checked,
    Unsafe,
    Label,
    Empty,

    // Expressions
    Name,
    Literal,
    InterpolatedString,
    Member,
    Invocation,
    Indexing,
    Unary,
    Binary,
    LogicalAnd,
    LogicalOr,
    Coalescing,
    Assignment,
    Conditional,
    ConditionalAccess,
    Cast,
    TypeTest,
    Creation,
    Initializer,
    Collection,
    Tuple,
    Lambda,
    SwitchExpression,
    Query,
    Declaration,
    TypeOperator,

    // Patterns
    Pattern,
    SwitchArm,
    Guard,
}
