using System.Text;

namespace ProfilerWeaver.Weaving;

/// <summary>How to weave, and what the woven program is told: the attributes of the element
/// <c>&lt;ProfilerWeaver /&gt;</c> in <c>FodyWeavers.xml</c>.</summary>
public sealed record WeaverSettings
{
    /// <summary>Whether calls of methods outside the woven assemblies are recorded too.</summary>
    public bool Builtins { get; init; }

    /// <summary>Whether callers are told apart; otherwise only flat rows are recorded, which is cheaper.</summary>
    public bool Subcalls { get; init; } = true;

    /// <summary>Whether the woven program is recorded from its first woven method on.</summary>
    public bool AutoStart { get; init; } = true;

    /// <summary>Where the profile is written; <c>{name}</c>, <c>{pid}</c> and <c>{time}</c> stand for the program, the
    /// process and the time of its start.</summary>
    public string Output { get; init; } = "{name}.prof";

    /// <summary>What the runtime library needs to know, one <c>Name=value</c> a line.</summary>
    internal string ForRuntime()
    {
        var text = new StringBuilder();
        text.Append("AutoStart=").Append(AutoStart ? "true" : "false").Append('\n');
        text.Append("Subcalls=").Append(Subcalls ? "true" : "false").Append('\n');
        text.Append("Output=").Append(Output).Append('\n');
        return text.ToString();
    }
}
