namespace ProfilerWeaver;

/// <summary>Compares text by Unicode code point, as Python does. It differs from an ordinal comparison only where a
/// surrogate pair meets a character from U+E000 to U+FFFF.</summary>
static class CodePointOrder
{
    public static int Compare(string left, string right)
    {
        var common = Math.Min(left.Length, right.Length);
        for (var i = 0; i < common; i++)
        {
            if (left[i] != right[i])
                return Rank(left[i]).CompareTo(Rank(right[i]));
        }
        return left.Length.CompareTo(right.Length);
    }

    static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
