using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary>The option <c>--label</c>, a key and its value.</summary>
static class LabelOption
{
    /// <summary>Makes it.</summary>
    public static Option<string[]> Create(string description) => CommandSymbol.Named(new Option<string[]>("--label")
    {
        Description = description,
        HelpName = "KEY=VALUE",
    });

    /// <summary>Reads its values.</summary>
    /// <exception cref="ToolException">One is no key with a value.</exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Read(string[]? labels)
    {
        var pairs = new List<KeyValuePair<string, string>>();
        foreach (var label in labels ?? [])
        {
            var end = label.IndexOf('=', StringComparison.Ordinal);
            if (end <= 0)
                throw new ToolException($"option --label: expected KEY=VALUE, for example version=1.4, not {PythonText.Repr(label)}.", ToolException.Usage);
            pairs.Add(new(label[..end], label[(end + 1)..]));
        }
        return pairs;
    }
}
