namespace CodeStats.Metrics;

/// <summary>Where the lines of a text begin.</summary>
sealed class LineMap
{
    readonly List<int> starts = [0];
    readonly int length;

    public LineMap(string text)
    {
        length = text.Length;
        for (var end = NextLineEnd(text, 0); end < text.Length; end = NextLineEnd(text, starts[^1]))
            starts.Add(end + BreakLength(text, end));
    }

    /// <summary>The number of lines; what follows the last line break is one only if it is not empty.</summary>
    public int Count => starts[^1] == length ? starts.Count - 1 : starts.Count;

    /// <summary>The index of the line, from 0, that holds the character at <paramref name="offset"/>.</summary>
    public int IndexOf(int offset)
    {
        var found = starts.BinarySearch(offset);
        return found >= 0 ? found : ~found - 1;
    }

    /// <summary>The number of the line, from 1, that holds the character at <paramref name="offset"/>.</summary>
    public int NumberOf(int offset) => IndexOf(offset) + 1;

    static int NextLineEnd(string text, int start)
    {
        var distance = text.AsSpan(start).IndexOfAny('\r', '\n');
        return distance < 0 ? text.Length : start + distance;
    }

    static int BreakLength(string text, int end) =>
        text[end] == '\r' && end + 1 < text.Length && text[end + 1] == '\n' ? 2 : 1;
}
