namespace ProfilerWeaver.Tool;

/// <summary>An option of the command line. One list of them serves all its readers: the quick one that starts programs, and the
/// library that reads the other verbs, shows help and completes words.</summary>
/// <typeparam name="T">What the options of a list are collected in.</typeparam>
/// <param name="Name">The long name.</param>
/// <param name="Short">The short name; null: none.</param>
/// <param name="Value">What the value is called; null: the option has none.</param>
/// <param name="Description">What it is for.</param>
/// <param name="Apply">Sets it. The value is checked here; a <see cref="FormatException"/> says what is wrong with it.</param>
sealed record NamedOption<T>(string Name, string? Short, string? Value, string Description, Action<T, string> Apply)
{
    /// <summary>The values that there are; null: any. Asked for only when somebody wants to know.</summary>
    public Func<string[]>? Choices { get; init; }

    /// <summary>The option for something that has a <typeparamref name="T"/> in it.</summary>
    public NamedOption<TWhole> Within<TWhole>(Func<TWhole, T> part) =>
        new(Name, Short, Value, Description, (whole, text) => Apply(part(whole), text)) { Choices = Choices };
}

/// <summary>What is wrong with the value of an option.</summary>
static class OptionValue
{
    /// <summary>It is none of those that there are.</summary>
    public static FormatException NoChoice(string text, IEnumerable<string> choices) => new(
        $"invalid choice: {PythonText.Repr(text)} (choose from {string.Join(", ", choices.Select(PythonText.Repr))})");
}
