using Spectre.Console;

namespace ProfilerWeaver.Tool;

/// <summary>What changed the calls, in lines for people: the cause, and in one line all that follows it.</summary>
static class CauseText
{
    /// <summary>The lines of causes.</summary>
    /// <param name="causes">The causes, the heaviest first.</param>
    /// <param name="most">How many are told.</param>
    public static IEnumerable<DifferenceLine> Of(IReadOnlyList<CallChange> causes, int most)
    {
        foreach (var cause in causes.Take(most))
        {
            yield return new(CallText.Of(cause), cause.Weight > 0 ? DifferenceLine.More : DifferenceLine.Less);
            if (CallText.FollowersOf(cause) is { } followers)
                yield return new("    " + followers, Heat.Dim);
        }
        if (causes.Count > most)
            yield return new($"... and {CallText.Number(causes.Count - most)} more", Heat.Dim);
    }
}
