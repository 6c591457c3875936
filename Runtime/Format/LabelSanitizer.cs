using System.Text;

namespace ProfilerWeaver;

/// <summary>
/// Makes labels harmless to the tools that read profiles: line breaks and other control characters would break their
/// line formats, <c>&lt;/script</c> the pages they make, half a surrogate pair their output, and a negative line their
/// sorting.
/// </summary>
static class LabelSanitizer
{
    const string ScriptEnd = "</script";

    public static MethodLabel Sanitize(MethodLabel label)
    {
        var name = Sanitize(label.Name);
        // What is longer than it was may be longer in its type.
        var origin = label.Origin is { } known && name != label.Name ? known with { TypeLength = Sanitize(label.Type).Length } : label.Origin;
        return new(Sanitize(label.File), Math.Max(label.Line, 0), name) { Origin = origin };
    }

    // A default label has null in place of its texts.
    static string Sanitize(string? text)
    {
        if (text is null)
            return "";
        for (var i = 0; i < text.Length; i++)
        {
            if (IsHarmful(text, i))
                return Replace(text);
        }
        return text;
    }

    static string Replace(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsHarmful(text, i))
                result.Append(text[i]);
            else if (text[i] == '<')
                result.Append(@"<\");
            else if (char.IsSurrogate(text[i]))
                result.Append('\uFFFD');
            else
                Printable.AppendEscape(result, text, i);
        }
        return result.ToString();
    }

    static bool IsHarmful(string text, int index)
    {
        var unit = text[index];
        return unit switch
        {
            < ' ' or (>= '\x7F' and < '\xA0') or '\u2028' or '\u2029' => true,
            '<' => string.Compare(text, index, ScriptEnd, 0, ScriptEnd.Length, StringComparison.OrdinalIgnoreCase) == 0,
            _ when char.IsHighSurrogate(unit) => !char.IsSurrogatePair(text, index),
            _ when char.IsLowSurrogate(unit) => index == 0 || !char.IsHighSurrogate(text[index - 1]),
            _ => false,
        };
    }
}
