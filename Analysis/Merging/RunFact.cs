namespace ProfilerWeaver;

/// <summary>What a profile says of its run, by the names that tell merged profiles apart.</summary>
static class RunFact
{
    const string Unknown = "(unknown)";

    // By what the recorder calls them.
    static readonly Dictionary<string, string> Facts = new()
    {
        ["machine"] = "machine",
        ["version"] = "program version",
        ["os"] = "os",
        ["architecture"] = "architecture",
        ["runtime"] = "runtime",
    };

    /// <summary>All names.</summary>
    public static IReadOnlyCollection<string> Names => Facts.Keys;

    /// <summary>What a profile says; a word for it if it does not.</summary>
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public static string ValueOf(ProfileData profile, string name) => Facts.TryGetValue(name, out var key)
        ? profile.Environment.FirstOrDefault(fact => fact.Key == key).Value ?? Unknown
        : throw new ArgumentException($"'{name}' is nothing that profiles say of their run: expected {string.Join(", ", Names)}.");
}
