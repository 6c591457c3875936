namespace ProfilerWeaver.Tool;

/// <summary>Which part of a profile is shown or written.</summary>
static class ProfilePart
{
    public const string ScopeDescription = "Only what happened in scopes with this label, or with this key and value: KEY=VALUE.";
    public const string NoWaitsDescription = "Leave out the time in which threads waited in blocking calls, such as Thread.Sleep.";

    /// <summary>Leaves what was asked for.</summary>
    /// <param name="stats">Of which a part stays.</param>
    /// <param name="scope">The only scopes that stay; null: all, and what is in none.</param>
    /// <param name="withoutWaits">Whether blocking waits go.</param>
    /// <exception cref="ToolException">There are no such scopes, or no call tree.</exception>
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
