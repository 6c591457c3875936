using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ProfilerWeaver.Weaving;

/// <summary>
/// Reads <see cref="WeaverSettings"/> from XML, strictly: what is not known is an error that names the nearest valid
/// name.
/// </summary>
static class SettingsReader
{
    /// <summary>The name of the element.</summary>
    public const string ElementName = "ProfilerWeaver";

    /// <summary>The values of the setting <c>Builtins</c>.</summary>
    public static readonly IReadOnlyDictionary<string, BuiltinCalls> Builtins = new Dictionary<string, BuiltinCalls>(StringComparer.Ordinal)
    {
        [SwitchText.On] = BuiltinCalls.NotInlined,
        ["all"] = BuiltinCalls.All,
        [SwitchText.Off] = BuiltinCalls.None,
    };

    static readonly Dictionary<string, Func<WeaverSettings, string, WeaverSettings>> Setters = new(StringComparer.Ordinal)
    {
        [nameof(WeaverSettings.Builtins)] = (settings, text) => settings with { Builtins = ReadBuiltins(text) },
        [SettingName.Subcalls] = (settings, text) => settings with { Subcalls = ReadSwitch(text) },
        [SettingName.AutoStart] = (settings, text) => settings with { AutoStart = ReadSwitch(text) },
        [SettingName.Output] = (settings, text) => settings with { Output = ReadOutput(text) },
        [SettingName.Clock] = (settings, text) => settings with { Clock = ReadClock(text) },
        [SettingName.SampleInterval] = (settings, text) => settings with { SampleInterval = ReadSampleInterval(text) },
        [SettingName.Compensate] = (settings, text) => settings with { Compensate = ReadSwitch(text) },
        [SettingName.Checkpoint] = (settings, text) => settings with { Checkpoint = ReadInterval(text) },
        [SettingName.MemoryLimit] = (settings, text) => settings with { MemoryLimit = ReadSize(text) },
        [SettingName.Control] = (settings, text) => settings with { Control = ReadControl(text) },
        [nameof(WeaverSettings.Include)] = (settings, text) => settings with { Include = ReadPatterns(text) },
        [nameof(WeaverSettings.Exclude)] = (settings, text) => settings with { Exclude = ReadPatterns(text) },
        [nameof(WeaverSettings.MinimumInstructions)] = (settings, text) => settings with { MinimumInstructions = ReadCount(text) },
        [nameof(WeaverSettings.CompilerGenerated)] = (settings, text) => settings with { CompilerGenerated = ReadSwitch(text) },
        [nameof(WeaverSettings.Trivial)] = (settings, text) => settings with { Trivial = ReadSwitch(text) },
        [nameof(WeaverSettings.Report)] = (settings, text) => settings with { Report = text.Trim() },
    };

    /// <summary>Applies the elements one after the other; what a later one sets overrides an earlier one.</summary>
    /// <param name="elements">Each element, and the name of the file that it stands in.</param>
    /// <exception cref="WeavingException">An attribute or a value is not known.</exception>
    public static WeaverSettings Read(IEnumerable<(XElement Element, string Source)> elements)
    {
        var settings = new WeaverSettings();
        foreach (var (element, source) in elements)
        {
            foreach (var attribute in element.Attributes().Where(attribute => attribute.Name.Namespace == XNamespace.None))
                settings = Apply(settings, attribute, source);
            if (element.Elements().FirstOrDefault() is { } child)
            {
                throw new WeavingException($"{source}: <{ElementName}> has a child element <{child.Name.LocalName}>; its " +
                    "settings are attributes: " + string.Join(", ", Setters.Keys) + ".");
            }
        }
        return settings;
    }

    static WeaverSettings Apply(WeaverSettings settings, XAttribute attribute, string source)
    {
        var name = attribute.Name.LocalName;
        if (!Setters.TryGetValue(name, out var set))
        {
            throw new WeavingException($"{source}: <{ElementName}> has no setting \"{name}\"." +
                $"{NearestName.Question(name, Setters.Keys)} The settings are {string.Join(", ", Setters.Keys)}.");
        }
        try
        {
            return set(settings, attribute.Value);
        }
        catch (FormatException e)
        {
            throw new WeavingException($"{source}: {name}=\"{attribute.Value}\" in <{ElementName}>: {e.Message}", e);
        }
    }

    static bool ReadSwitch(string text) => text switch
    {
        SwitchText.On => true,
        SwitchText.Off => false,
        _ => throw new FormatException($"expected {SwitchText.On} or {SwitchText.Off}." +
            NearestName.Question(text, [SwitchText.On, SwitchText.Off])),
    };

    static BuiltinCalls ReadBuiltins(string text) => Builtins.TryGetValue(text, out var calls)
        ? calls
        : throw new FormatException($"expected {SwitchText.On}, all or {SwitchText.Off}." +
            NearestName.Question(text, Builtins.Keys));

    static int ReadCount(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count)
            ? count
            : throw new FormatException("expected a whole number of instructions, 0 or more.");

    static string ReadClock(string text) => ClockName.All.Contains(text)
        ? text
        : throw new FormatException($"expected {ClockName.Choice}.{NearestName.Question(text, ClockName.All)}");

    static string ReadSampleInterval(string text) => Quantity.ReadTime(text) is not null
        ? text
        : throw new FormatException("expected a time, for example 1ms (units: ms, s, min, h).");

    static string ReadInterval(string text) => text.Length == 0 || Quantity.ReadTime(text) is not null
        ? text
        : throw new FormatException("expected a time, for example 10s (units: ms, s, min, h).");

    static string ReadSize(string text) => Quantity.ReadSize(text) is not null
        ? text
        : throw new FormatException("expected a size, for example 256MiB (units: KiB, MiB, GiB).");

    static string[] ReadPatterns(string text)
    {
        var patterns = text.Split([';', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .Select(pattern => pattern.Trim()).Where(pattern => pattern.Length > 0).ToArray();
        foreach (var pattern in patterns)
        {
            if (pattern.Any(char.IsWhiteSpace) || pattern.IndexOf("..", StringComparison.Ordinal) >= 0)
            {
                throw new FormatException($"\"{pattern}\" is not a pattern: expected full names, with * and ? as " +
                    "wildcards, separated by semicolons, for example \"Shop.Repository.*;Shop.Money\".");
            }
        }
        return patterns;
    }

    static string ReadControl(string text) => string.IsNullOrWhiteSpace(text) || (!text.Contains('/') && text is not (ControlText.On or ControlText.Off))
        ? throw new FormatException($"expected {ControlText.On}, {ControlText.Off} or a folder, for example /var/run/profiles.")
        : text;

    static string ReadOutput(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new FormatException("expected the path of a file, for example " + Placeholder.DefaultOutput + ".");
        if (text.Contains("$("))
        {
            throw new FormatException("MSBuild's properties are not expanded in it. Use the placeholders " +
                $"{Placeholder.Program}, {Placeholder.Process} and {Placeholder.Time}, or set the property WeaverConfiguration in the project.");
        }
        foreach (Match placeholder in Regex.Matches(text, @"\{(?:\{|[^{}]*)\}"))
        {
            if (!Placeholder.All.Contains(placeholder.Value))
            {
                throw new FormatException($"unknown placeholder {placeholder.Value}." +
                    $"{NearestName.Question(placeholder.Value, Placeholder.All, quote: "")} There are {Placeholder.Program}, {Placeholder.Process} and " +
                    $"{Placeholder.Time}, and {Placeholder.Brace} for a brace.");
            }
        }
        return text.IndexOfAny(['\n', '\r']) < 0 ? text : throw new FormatException("a path must not contain line breaks.");
    }
}
