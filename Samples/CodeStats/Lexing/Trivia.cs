namespace CodeStats.Lexing;

/// <summary>What stands between tokens without being white space.</summary>
enum TriviaKind
{
    LineComment,
    BlockComment,
    DocComment,
    Directive,

    /// <summary>A line that a preprocessor condition takes out of the program.</summary>
    Inactive,
}

/// <summary>A piece of text between tokens.</summary>
readonly record struct Trivia(TriviaKind Kind, int Start, int End);
