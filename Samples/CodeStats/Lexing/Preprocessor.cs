namespace CodeStats.Lexing;

/// <summary>
/// Executes the directives of one file, to know which of its lines belong to the program: as it is built for release
/// and for the current .NET.
/// </summary>
sealed class Preprocessor
{
    const int OldestVersion = 5;

    readonly HashSet<string> symbols = [.. PredefinedSymbols()];
    readonly Stack<Condition> conditions = new();

    /// <summary>One open <c>#if</c>.</summary>
    /// <param name="Outer">Whether the text around it is active.</param>
    /// <param name="Taken">Whether one of its branches has been active.</param>
    /// <param name="Active">Whether the current branch is.</param>
    readonly record struct Condition(bool Outer, bool Taken, bool Active);

    /// <summary>Whether the text at this point belongs to the program.</summary>
    public bool IsActive => conditions.Count == 0 || conditions.Peek().Active;

    /// <summary>Executes a directive.</summary>
    /// <param name="directive">The text after the <c>#</c>.</param>
    /// <exception cref="DirectiveException">The condition is malformed or no <c>#if</c> is open.</exception>
    public void Execute(string directive)
    {
        var (name, argument) = Split(directive);
        switch (name)
        {
            case "if":
                conditions.Push(new(IsActive, Taken: false, Active: false));
                Enter(argument);
                break;
            case "elif":
                Enter(argument);
                break;
            case "else":
                Enter("true");
                break;
            case "endif":
                PopOpen();
                break;
            case "define" when IsActive:
                symbols.Add(argument);
                break;
            case "undef" when IsActive:
                symbols.Remove(argument);
                break;
        }
    }

    void Enter(string condition)
    {
        var open = PopOpen();
        var isCandidate = open is { Outer: true, Taken: false };
        conditions.Push(open with { Active = false });
        if (!isCandidate || !PreprocessorCondition.Evaluate(condition, symbols))
            return;
        conditions.Pop();
        conditions.Push(open with { Taken = true, Active = true });
    }

    Condition PopOpen() => conditions.TryPop(out var open) ? open : throw new DirectiveException("there is no matching #if");

    static (string Name, string Argument) Split(string directive)
    {
        var comment = directive.IndexOf("//", StringComparison.Ordinal);
        var content = (comment < 0 ? directive : directive[..comment]).Trim();
        var length = content.TakeWhile(char.IsAsciiLetter).Count();
        return (content[..length], content[length..].Trim());
    }

    static IEnumerable<string> PredefinedSymbols()
    {
        yield return "NET";
        yield return "NETCOREAPP";
        yield return "RELEASE";
        yield return "TRACE";
        var current = Environment.Version.Major;
        yield return $"NET{current}_0";
        for (var version = OldestVersion; version <= current; version++)
            yield return $"NET{version}_0_OR_GREATER";
    }
}
