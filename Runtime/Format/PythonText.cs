using System.Globalization;
using System.Text;

namespace ProfilerWeaver;

/// <summary>Text as Python formats it.</summary>
static class PythonText
{
    /// <summary>A number with three decimals in eight columns (<c>%8.3f</c>).</summary>
    public static string Fixed3Wide(double value) => Fixed3(value).PadLeft(8);

    /// <summary>A number with three decimals (<c>%.3f</c>).</summary>
    public static string Fixed3(double value) =>
        double.IsNaN(value) ? "nan"
        : double.IsPositiveInfinity(value) ? "inf"
        : double.IsNegativeInfinity(value) ? "-inf"
        : value.ToString("F3", CultureInfo.InvariantCulture);

    /// <summary>The value that the three decimals stand for.</summary>
    public static double Rounded(double value) =>
        double.IsNaN(value) || double.IsInfinity(value)
            ? value
            : double.Parse(Fixed3(value), CultureInfo.InvariantCulture);

    /// <summary>The calls, followed by the primitive ones if they differ.</summary>
    public static string Calls(Figures figures)
    {
        var calls = figures.Calls.ToString(CultureInfo.InvariantCulture);
        return figures.Calls == figures.PrimitiveCalls
            ? calls
            : calls + "/" + figures.PrimitiveCalls.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The number of characters, where a surrogate pair is one.</summary>
    public static int Length(string text)
    {
        var length = text.Length;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text[i - 1], text[i]))
                length--;
        }
        return length;
    }

    public static string PadRight(string text, int width) => text + new string(' ', Math.Max(width - Length(text), 0));

    public static string Repr(double value)
    {
        var text = value.ToString("R", CultureInfo.InvariantCulture);
        if (double.IsNaN(value) || double.IsInfinity(value))
            return Fixed3(value);
        return text.IndexOfAny(['.', 'E']) < 0 ? text + ".0" : text.Replace('E', 'e');
    }

    public static string Repr(string text)
    {
        var quote = text.Contains("'") && !text.Contains("\"") ? '"' : '\'';
        var result = new StringBuilder().Append(quote);
        for (var i = 0; i < text.Length; i++)
        {
            var isPair = i + 1 < text.Length && char.IsSurrogatePair(text, i);
            AppendCharacter(result, text, i, isPair, quote);
            if (isPair)
                i++;
        }
        return result.Append(quote).ToString();
    }

    static void AppendCharacter(StringBuilder result, string text, int index, bool isPair, char quote)
    {
        var character = text[index];
        if (character == quote || character == '\\')
            result.Append('\\').Append(character);
        else if (character == '\n')
            result.Append(@"\n");
        else if (character == '\r')
            result.Append(@"\r");
        else if (character == '\t')
            result.Append(@"\t");
        else if (IsPrintable(text, index))
            result.Append(text, index, isPair ? 2 : 1);
        else if (isPair)
            result.Append(@"\U").Append(Hex(char.ConvertToUtf32(text, index), 8));
        else if (character < 0x100)
            result.Append(@"\x").Append(Hex(character, 2));
        else
            result.Append(@"\u").Append(Hex(character, 4));
    }

    static string Hex(int value, int digits) =>
        value.ToString("x" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    static bool IsPrintable(string text, int index) => text[index] == ' '
        || CharUnicodeInfo.GetUnicodeCategory(text, index) is not (UnicodeCategory.Control or UnicodeCategory.Format
            or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);
}
