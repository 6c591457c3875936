using System.Text;
using System.Text.RegularExpressions;

namespace ProfilerWeaver;

/// <summary>Under which name and labels a server keeps a profile.</summary>
/// <param name="Service">The name of the service.</param>
/// <param name="Pairs">The labels, by their keys.</param>
/// <param name="Given">Those of them, and the service, that a user has chosen; the others follow from the profile.</param>
sealed partial record PushLabels(string Service, IReadOnlyList<KeyValuePair<string, string>> Pairs, IReadOnlyList<KeyValuePair<string, string>> Given)
{
    /// <summary>The key under which the service is among <see cref="Given"/>.</summary>
    public const string ServiceKey = "service";

    // A server adds up to six of its own, and takes 30.
    const int Most = 24;
    const int LongestValue = 2048;
    const int LongestKey = 1024;
    const string NoService = "unknown_service";

    // What the recorder calls them, and what they are called here and by dotnet prof merge --by.
    static readonly (string Fact, string Key)[] Facts = [("machine", "machine"), ("program version", "version")];

    /// <summary>Those of a profile.</summary>
    /// <param name="options">What a user has chosen.</param>
    /// <param name="run">The profile, if it is of one run.</param>
    /// <param name="otherwise">What the service is called if nobody knows.</param>
    /// <exception cref="ArgumentException">A server would not take what the user has chosen.</exception>
    public static PushLabels Of(PushOptions options, ProfileData? run, string otherwise)
    {
        Check(options);
        var pairs = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (fact, key) in Facts)
        {
            if (run?.Environment.FirstOrDefault(known => known.Key == fact).Value is { Length: > 0 and <= LongestValue } value)
                pairs[key] = value;
        }
        foreach (var (key, value) in options.Labels)
            pairs[key] = value;
        var given = options.Labels.OrderBy(pair => pair.Key, StringComparer.Ordinal);
        return new(options.Service ?? NameFrom(run?.Program is { Length: > 0 } program ? program : otherwise), [.. pairs],
            options.Service is { } service ? [new(ServiceKey, service), .. given] : [.. given]);
    }

    /// <summary>Finds labels that no server takes, before anything is sent.</summary>
    /// <exception cref="ArgumentException">There are some.</exception>
    public static void Check(PushOptions options)
    {
        if (options.Service is { } service && (service.Length == 0 || service != NameFrom(service)))
        {
            throw new ArgumentException($"the service cannot be called {PythonText.Repr(service)}: expected letters of ASCII, digits and any of " +
                "- _ . /, for example shop-api.");
        }
        if (options.Labels.Count > Most)
            throw new ArgumentException($"there are {options.Labels.Count} labels: servers take {Most} at most. Leave some out.");
        foreach (var (key, value) in options.Labels)
        {
            if (key.Length > LongestKey || !Key().IsMatch(key) || key is ServiceKey or "service_name")
            {
                throw new ArgumentException($"a label cannot be called {PythonText.Repr(key)}: expected a letter of ASCII, then letters, digits and _; " +
                    "the name of the service is an option of its own.");
            }
            if (value.Length == 0 || Encoding.UTF8.GetByteCount(value) > LongestValue)
                throw new ArgumentException($"label {key}: expected a value of 1 to {LongestValue} bytes.");
        }
    }

    static string NameFrom(string text)
    {
        var name = new StringBuilder(text);
        for (var i = 0; i < name.Length; i++)
        {
            if (!char.IsAsciiLetterOrDigit(name[i]) && name[i] is not ('-' or '_' or '.' or '/'))
                name[i] = '_';
        }
        return name.Length == 0 ? NoService : name.ToString();
    }

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9_]*\\z")]
    private static partial Regex Key();
}
