using CodeStats.Lexing;

namespace CodeStats.Parsing;

/// <summary>Which bracket closes which, so that looking beyond a pair of them costs nothing.</summary>
sealed class BracketMap
{
    const int None = -1;

    readonly int[] partners;

    public BracketMap(IReadOnlyList<Token> tokens)
    {
        partners = new int[tokens.Count];
        Array.Fill(partners, None);
        var open = new Stack<int>();
        for (var index = 0; index < tokens.Count; index++)
            Visit(tokens, index, open);
    }

    /// <summary>The index of the bracket that closes the one at <paramref name="index"/>, or -1.</summary>
    public int PartnerOf(int index) => partners[index];

    void Visit(IReadOnlyList<Token> tokens, int index, Stack<int> open)
    {
        switch (tokens[index].Text)
        {
            case "(" or "[" or "{":
                open.Push(index);
                break;
            case ")":
                Close("(", tokens, index, open);
                break;
            case "]":
                Close("[", tokens, index, open);
                break;
            case "}":
                DropUnclosed(tokens, open);
                Close("{", tokens, index, open);
                break;
        }
    }

    void Close(string opening, IReadOnlyList<Token> tokens, int index, Stack<int> open)
    {
        if (open.TryPeek(out var top) && tokens[top].Text == opening)
            partners[open.Pop()] = index;
    }

    // A brace outweighs parentheses that were left open inside it.
    static void DropUnclosed(IReadOnlyList<Token> tokens, Stack<int> open)
    {
        while (open.TryPeek(out var top) && tokens[top].Text != "{")
            open.Pop();
    }
}
