namespace ProfilerWeaver;

/// <summary>In how many of the profiles that were merged a context occurs, and between what its calls lie there.</summary>
/// <param name="Profiles">How many profiles have it; 0: the profile was not merged, or one has it.</param>
/// <param name="FewestCalls">The calls in the one that calls it least.</param>
/// <param name="MostCalls">The calls in the one that calls it most.</param>
readonly record struct Occurrence(long Profiles, long FewestCalls, long MostCalls)
{
    /// <summary>That of a context in these profiles and in others; the default is that in none.</summary>
    public Occurrence And(in Occurrence other) => Profiles == 0
        ? other
        : new(Profiles + other.Profiles, Math.Min(FewestCalls, other.FewestCalls), Math.Max(MostCalls, other.MostCalls));
}
