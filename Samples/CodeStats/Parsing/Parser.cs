using System.Runtime.CompilerServices;
using CodeStats.Lexing;

namespace CodeStats.Parsing;

/// <summary>
/// A recursive-descent parser for C#. What it cannot understand in a file it notes, skips up to the end of the
/// statement or member and goes on.
/// </summary>
sealed partial class Parser
{
    readonly TokenStream input;
    readonly bool isTolerant;
    readonly List<SourceError> errors = [];

    Parser(IEnumerable<Token> tokens, bool isTolerant)
    {
        input = new(tokens);
        this.isTolerant = isTolerant;
    }

    /// <summary>Parses a file, whatever is in it.</summary>
    public static SyntaxTree Parse(LexedText source)
    {
        var parser = new Parser(source.Tokens, isTolerant: true);
        var root = parser.CompilationUnit();
        return new(source, root, [.. source.Errors, .. parser.errors]);
    }

    /// <summary>Parses a text that must be correct throughout.</summary>
    /// <exception cref="SyntaxException">It is not.</exception>
    public static SyntaxNode ParseStrictly(LexedText source) =>
        source.Errors is [var error, ..]
            ? throw new SyntaxException(error.Message, error.Offset)
            : new Parser(source.Tokens, isTolerant: false).CompilationUnit();

    /// <summary>Parses the next item of a list of statements or members. An error in it costs that item only.</summary>
    void Item(Func<SyntaxNode> parse, List<SyntaxNode> items)
    {
        var start = input.Position;
        try
        {
            items.Add(parse());
        }
        catch (SyntaxException error) when (isTolerant)
        {
            errors.Add(new(error.Offset, error.Message));
            SkipRestOfItem(start);
        }
    }

    void SkipRestOfItem(int start)
    {
        while (!input.AtEnd && !input.At("}"))
        {
            var last = input.Take().Text;
            if (last == "{" && input.PartnerOf(input.Position - 1) is var partner and >= 0)
            {
                input.SkipTo(partner + 1);
                return;
            }
            if (last == ";")
                return;
        }
        if (input.Position == start)
            input.Take();
    }

    /// <summary>Parses what is separated by commas up to the closing bracket, and the bracket. A last comma may stand
    /// alone.</summary>
    List<SyntaxNode> CommaSeparated(string close, Func<SyntaxNode> parse)
    {
        var items = new List<SyntaxNode>();
        while (!input.At(close))
        {
            items.Add(parse());
            if (!input.TakeIf(","))
                break;
        }
        input.Expect(close);
        return items;
    }

    SyntaxNode Node(SyntaxKind kind, int first, params ReadOnlySpan<SyntaxNode?> children) =>
        NodeOf(kind, first, WithoutNulls(children));

    SyntaxNode NodeOf(SyntaxKind kind, int first, IReadOnlyList<SyntaxNode> children, string name = "") =>
        new(kind, first..input.Position, children) { Name = name };

    static SyntaxNode[] WithoutNulls(ReadOnlySpan<SyntaxNode?> nodes)
    {
        var count = nodes.Length - nodes.Count((SyntaxNode?)null);
        var kept = new SyntaxNode[count];
        var index = 0;
        foreach (var node in nodes)
        {
            if (node is not null)
                kept[index++] = node;
        }
        return kept;
    }

    /// <exception cref="SyntaxException">The text is nested deeper than the stack allows.</exception>
    void GuardStack()
    {
        if (!RuntimeHelpers.TryEnsureSufficientExecutionStack())
            throw new SyntaxException("the code is nested too deeply", input.Current.Start);
    }
}
