using System.Text;

namespace ProfilerWeaver;

/// <summary>What goes over the socket in either direction: a line of a word and fields, <c>start\tclock=sampled\tfor=10000</c>.
/// Backslashes, tabs and line feeds in values are escaped.</summary>
/// <param name="word">What is wanted; in answers <see cref="Done"/> or <see cref="Failed"/>.</param>
sealed class ControlMessage(string word)
{
    /// <summary>The first word of an answer if all is well.</summary>
    public const string Done = "ok";

    /// <summary>The first word of an answer that says in the field <see cref="Reason"/> what is wrong.</summary>
    public const string Failed = "error";

    public const string Reason = "reason";

    /// <summary>The longest line, in bytes of UTF-8.</summary>
    public const int LongestLine = 16 << 10;

    readonly List<(string Name, string Value)> fields = [];

    public string Word => word;

    /// <summary>The value of a field; null if there is none. What is set to null is left out.</summary>
    public string? this[string name]
    {
        get => fields.Find(field => field.Name == name).Value;
        set
        {
            if (value is not null)
                fields.Add((name, value));
        }
    }

    /// <summary>The answer that something is wrong.</summary>
    public static ControlMessage Error(string reason) => new(Failed) { [Reason] = reason };

    /// <summary>Reads a line; null if it is none.</summary>
    public static ControlMessage? Read(byte[] line)
    {
        var parts = Encoding.UTF8.GetString(line).Split('\t');
        if (parts[0].Length == 0)
            return null;
        var message = new ControlMessage(parts[0]);
        for (var i = 1; i < parts.Length; i++)
        {
            var separator = parts[i].IndexOf('=');
            if (separator < 1)
                return null;
            message[parts[i].Substring(0, separator)] = Unescape(parts[i].Substring(separator + 1));
        }
        return message;
    }

    /// <summary>The line, with its end.</summary>
    public byte[] ToLine()
    {
        var text = new StringBuilder(word);
        foreach (var (name, value) in fields)
            text.Append('\t').Append(name).Append('=').Append(Escape(value));
        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }

    static string Escape(string value) => value.Replace("\\", "\\\\").Replace("\t", "\\t").Replace("\n", "\\n");

    static string Unescape(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var isEscape = value[i] == '\\' && i + 1 < value.Length;
            text.Append(!isEscape ? value[i] : value[++i] switch
            {
                't' => '\t',
                'n' => '\n',
                var other => other,
            });
        }
        return text.ToString();
    }
}
