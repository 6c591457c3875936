using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace ProfilerWeaver;

/// <summary>The name of a scope's row: its label, then its keys and values, as in <c>request route=/orders kind="on line"</c>. They are
/// text there and nothing else, so whatever keeps rows keeps them: live files, profiles, other tools' formats.</summary>
/// <param name="Label">The label.</param>
/// <param name="Pairs">Keys and values, in their order.</param>
sealed record ScopeName(string Label, IReadOnlyList<KeyValuePair<string, string>> Pairs)
{
    /// <summary>What a scope has in place of a file.</summary>
    public const string File = MethodLabel.ScopeFile;

    const string Word = @"[^\s""=\\]";
    const string Quoted = @"""(?:[^""\\]|\\.)*""";

    static readonly Regex Pair = new(
        $@"\G (?<key>[\p{{L}}_][\w.\-]*|{Quoted})=(?<value>{Word}+|{Quoted})", RegexOptions.CultureInvariant);
    static readonly Regex Escape = new(@"\\(?:u(?<code>[0-9a-fA-F]{4})|(?<other>.))", RegexOptions.CultureInvariant | RegexOptions.Singleline);

    /// <summary>Whether a row is that of a scope.</summary>
    public static bool Is(in MethodLabel label) => label.File == File;

    /// <summary>The name of a scope.</summary>
    public static string Of(string label, (string Key, string Value)[] pairs)
    {
        var name = new StringBuilder(label);
        foreach (var (key, value) in pairs)
        {
            Append(name.Append(' '), key, IsKey(key));
            Append(name.Append('='), value, IsWord(value));
        }
        return name.ToString();
    }

    /// <summary>What a scope's name says: a label that ends with a key and a value is the same scope as one that was given
    /// these.</summary>
    public static ScopeName Parse(string name)
    {
        for (var start = name.IndexOf(' '); start >= 0; start = name.IndexOf(' ', start + 1))
        {
            var pairs = new List<KeyValuePair<string, string>>();
            var at = start;
            for (var match = Pair.Match(name, at); match.Success; match = Pair.Match(name, at))
            {
                pairs.Add(new(Unquoted(match.Groups["key"].Value), Unquoted(match.Groups["value"].Value)));
                at += match.Length;
            }
            if (at == name.Length)
                return new(name.Substring(0, start), pairs);
        }
        return new(name, []);
    }

    /// <summary>The name.</summary>
    public override string ToString() => Of(Label, [.. Pairs.Select(pair => (pair.Key, pair.Value))]);

    static void Append(StringBuilder name, string text, bool isPlain)
    {
        if (isPlain)
        {
            name.Append(text);
            return;
        }
        name.Append('"');
        foreach (var unit in text)
        {
            if (unit is '"' or '\\')
                name.Append('\\').Append(unit);
            else if (char.IsControl(unit) || unit is '\u2028' or '\u2029')
                name.Append(@"\u").Append(((int)unit).ToString("x4", CultureInfo.InvariantCulture));
            else
                name.Append(unit);
        }
        name.Append('"');
    }

    // Without regular expressions: whoever opens a scope waits for it.
    static bool IsWord(string text)
    {
        foreach (var unit in text)
        {
            if (unit is '"' or '=' or '\\' || char.IsWhiteSpace(unit) || char.IsControl(unit))
                return false;
        }
        return text.Length > 0;
    }

    static bool IsKey(string text)
    {
        foreach (var unit in text)
        {
            if (!char.IsLetter(unit) && (unit > 'z' || "_.-0123456789".IndexOf(unit) < 0))
                return false;
        }
        return text.Length > 0 && (char.IsLetter(text[0]) || text[0] == '_');
    }

    static string Unquoted(string text) => text[0] != '"' ? text : Escape.Replace(text.Substring(1, text.Length - 2), match =>
        match.Groups["code"] is { Success: true } code
            ? ((char)int.Parse(code.Value, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString()
            : match.Groups["other"].Value);
}
