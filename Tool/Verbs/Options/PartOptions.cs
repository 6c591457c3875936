using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary>The options of verbs that show or write a part of a profile.</summary>
sealed class PartOptions
{
    readonly Option<string?> scope = CommandSymbol.Named(new Option<string?>("--scope")
    {
        Description = ProfilePart.ScopeDescription,
        HelpName = "LABEL",
    });

    readonly Option<bool> noWaits = new("--no-waits") { Description = ProfilePart.NoWaitsDescription };

    /// <param name="command">The verb that has them.</param>
    public PartOptions(Command command)
    {
        command.Add(scope);
        command.Add(noWaits);
    }

    /// <summary>Leaves what was asked for.</summary>
    /// <exception cref="ToolException">There are no such scopes, or no call tree.</exception>
    public void Apply(ParseResult parsed, Stats stats) => ProfilePart.Apply(stats, parsed.GetValue(scope), parsed.GetValue(noWaits));
}
