using System.CommandLine;

namespace ProfilerWeaver.Tool;

/// <summary>The options of verbs that show or write a part of a profile.</summary>
sealed class PartOptions
{
    public const string ScopeDescription = "Only what happened in scopes with this label, or with this key and value: KEY=VALUE.";
    public const string NoWaitsDescription = "Leave out the time in which threads waited in blocking calls, such as Thread.Sleep.";

    readonly Option<string?> scope = CommandSymbol.Named(new Option<string?>("--scope")
    {
        Description = ScopeDescription,
        HelpName = "LABEL",
    });

    readonly Option<bool> noWaits = new("--no-waits") { Description = NoWaitsDescription };

    /// <param name="command">The verb that has them.</param>
    public PartOptions(Command command)
    {
        command.Add(scope);
        command.Add(noWaits);
    }

    /// <summary>Leaves what was asked for.</summary>
    /// <exception cref="ToolException">There are no such scopes, or no call tree.</exception>
    public void Apply(ParseResult parsed, Stats stats) => Apply(stats, parsed.GetValue(scope), parsed.GetValue(noWaits));

    /// <inheritdoc cref="Apply(ParseResult,Stats)"/>
    /// <param name="stats">Of which a part stays.</param>
    /// <param name="scope">The only scopes that stay; null: all, and what is in none.</param>
    /// <param name="withoutWaits">Whether waits go.</param>
    public static void Apply(Stats stats, string? scope, bool withoutWaits)
    {
        try
        {
            if (scope is not null)
                stats.RestrictToScopes(scope);
            if (withoutWaits)
                stats.LeaveOutWaits();
        }
        catch (InvalidOperationException e)
        {
            throw new ToolException(e.Message, cause: e);
        }
    }
}
