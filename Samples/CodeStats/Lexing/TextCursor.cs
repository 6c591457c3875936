using System.Buffers;

namespace CodeStats.Lexing;

/// <summary>A position that moves forward through a text. Beyond the end every character is <c>\0</c>.</summary>
sealed class TextCursor(string text)
{
    static readonly SearchValues<char> LineEnds = SearchValues.Create("\r\n");

    public int Position { get; private set; }

    public bool AtEnd => Position >= text.Length;

    public char Current => Peek(0);

    public ReadOnlySpan<char> Rest => text.AsSpan(Position);

    public char Peek(int offset)
    {
        var index = Position + offset;
        return index < text.Length ? text[index] : '\0';
    }

    public bool At(string expected) => Rest.StartsWith(expected, StringComparison.Ordinal);

    public void Advance(int count = 1) => Position = Math.Min(Position + count, text.Length);

    public void SkipWhile(SearchValues<char> characters) => Advance(OrRest(Rest.IndexOfAnyExcept(characters)));

    public void SkipUntil(SearchValues<char> characters) => Advance(OrRest(Rest.IndexOfAny(characters)));

    /// <summary>Moves to the end of the line, before its line break.</summary>
    public void SkipLine() => SkipUntil(LineEnds);

    /// <summary>How often the current character stands here in a row.</summary>
    public int RunLength()
    {
        var length = Rest.IndexOfAnyExcept(Current);
        return OrRest(length);
    }

    int OrRest(int length) => length >= 0 ? length : text.Length - Position;
}
