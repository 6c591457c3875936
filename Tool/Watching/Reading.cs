using System.Diagnostics;

namespace ProfilerWeaver.Tool;

/// <summary>What a recording that goes on has at an instant.</summary>
/// <param name="Program">The program's name.</param>
/// <param name="Unit">What its times are.</param>
/// <param name="Rows">The figures of each method.</param>
/// <param name="Instant">When it was taken (<see cref="Stopwatch"/>).</param>
sealed record Reading(string Program, ClockUnit Unit, IReadOnlyDictionary<MethodLabel, Figures> Rows, long Instant)
{
    /// <summary>Reads a recording, of which no more is held in memory than its rows.</summary>
    public static Reading Of(ProfileSource source)
    {
        if (source.IsLinked)
            return Of(source.ToData());
        var sums = new FlatProfile.Sums(source.Facts);
        var facts = source.Visit(sums);
        return Of(facts, sums.Rows(facts.Methods));
    }

    /// <summary>Reads a profile.</summary>
    public static Reading Of(ProfileData profile) => Of(profile, FlatProfile.From(profile));

    static Reading Of(ProfileData facts, IReadOnlyList<MethodStats> rows) =>
        new(facts.Program, facts.Unit, rows.ToDictionary(row => row.Label, row => row.Figures), Stopwatch.GetTimestamp());
}
