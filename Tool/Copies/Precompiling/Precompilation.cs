namespace ProfilerWeaver.Tool;

/// <summary>Whether woven assemblies are compiled ahead of time again whose originals were.</summary>
enum Precompilation
{
    /// <summary>In the background, after the first run; later runs have them.</summary>
    Auto,

    /// <summary>Before the run.</summary>
    On,

    /// <summary>Not at all.</summary>
    Off,

    /// <summary>What the tool starts in the background: they are compiled, and nothing is run.</summary>
    Only,
}

/// <summary>The names of the choices.</summary>
static class PrecompilationName
{
    /// <summary>The variable that says what is chosen without the option.</summary>
    public const string Variable = "DOTNET_PROF_PRECOMPILE";

    public const string Only = "only";

    /// <summary>What a user can choose.</summary>
    public static readonly string[] All = ["auto", "on", "off"];

    /// <summary>What holds without the option.</summary>
    /// <exception cref="ToolException">The variable says something else.</exception>
    public static Precompilation Default => Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text ? Precompilation.Auto
        : Parse(text) ?? throw new ToolException($"{Variable} is {PythonText.Repr(text)}. Set it to one of {string.Join(", ", All)}.");

    /// <summary>What a name means; null: nothing.</summary>
    public static Precompilation? Parse(string text) => text switch
    {
        "auto" => Precompilation.Auto,
        "on" => Precompilation.On,
        "off" => Precompilation.Off,
        Only => Precompilation.Only,
        _ => null,
    };
}
