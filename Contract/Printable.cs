using System.Globalization;
using System.Text;

#if WEAVER
namespace ProfilerWeaver.Weaving;
#else
namespace ProfilerWeaver;
#endif

/// <summary>
/// Makes text that comes from files harmless wherever people read it: terminals, pipes, pages. What controls a terminal,
/// ends a line, turns the direction of writing or cannot be seen is written as in C#: <c>\u001B</c>.
/// </summary>
static class Printable
{
    /// <summary>The text on one line; the same object if nothing in it has to be escaped.</summary>
    public static string Text(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (IsEscaped(text, i))
                return Escape(text);
        }
        return text;
    }

    /// <summary>Appends the character at <paramref name="index"/> as an escape.</summary>
    /// <returns>The number of UTF-16 units that it takes.</returns>
    public static int AppendEscape(StringBuilder result, string text, int index)
    {
        if (char.IsSurrogatePair(text, index))
        {
            result.Append(@"\U").Append(char.ConvertToUtf32(text, index).ToString("X8", CultureInfo.InvariantCulture));
            return 2;
        }
        result.Append(@"\u").Append(((int)text[index]).ToString("X4", CultureInfo.InvariantCulture));
        return 1;
    }

    static string Escape(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length;)
        {
            if (IsEscaped(text, i))
            {
                i += AppendEscape(result, text, i);
                continue;
            }
            var units = IsPair(text, i) ? 2 : 1;
            result.Append(text, i, units);
            i += units;
        }
        return result.ToString();
    }

    // Asked at the first half of a pair, and at the second only after a first that is not escaped.
    static bool IsEscaped(string text, int index)
    {
        var unit = text[index];
        if (unit is >= ' ' and < '\x7F')
            return false;
        if (char.IsLowSurrogate(unit) && index > 0 && char.IsHighSurrogate(text[index - 1]))
            return false;
        // Half a pair is of the category of surrogates; a whole one is of that of its character.
        return CharUnicodeInfo.GetUnicodeCategory(text, index) is UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.Surrogate or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator;
    }

    static bool IsPair(string text, int index) => index + 1 < text.Length && char.IsSurrogatePair(text[index], text[index + 1]);
}
