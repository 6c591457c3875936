namespace CodeStats.Metrics;

/// <summary>Two methods that say nearly the same.</summary>
/// <param name="Similarity">The share of what they have in common, from 0 to 1.</param>
sealed record Duplicate(MethodMetrics Left, MethodMetrics Right, double Similarity);

/// <summary>Finds methods that say nearly the same, without comparing each with every other.</summary>
static class DuplicateFinder
{
    const int MinimumTokens = 50;
    const double MinimumSimilarity = 0.8;

    // Beyond this many a shingle says nothing about its methods.
    const int LargestGroup = 64;

    /// <summary>The pairs, the most tokens first.</summary>
    public static IReadOnlyList<Duplicate> Find(IEnumerable<MethodMetrics> methods) =>
    [
        .. Candidates([.. methods.Where(method => method.Tokens >= MinimumTokens)])
            .Select(Compare)
            .Where(pair => pair.Similarity >= MinimumSimilarity)
            .OrderByDescending(pair => pair.Left.Tokens + pair.Right.Tokens)
            .ThenBy(pair => pair.Left.Location)
            .ThenBy(pair => pair.Right.Location),
    ];

    static Duplicate Compare((MethodMetrics Left, MethodMetrics Right) pair) =>
        new(pair.Left, pair.Right, pair.Left.Shingles.SimilarityTo(pair.Right.Shingles));

    static IEnumerable<(MethodMetrics Left, MethodMetrics Right)> Candidates(MethodMetrics[] methods)
    {
        var seen = new HashSet<(int, int)>();
        foreach (var group in Groups(methods))
        {
            foreach (var (left, right) in Pairs(group).Where(seen.Add))
                yield return (methods[left], methods[right]);
        }
    }

    static IEnumerable<List<int>> Groups(MethodMetrics[] methods)
    {
        var groups = new Dictionary<ulong, List<int>>();
        for (var index = 0; index < methods.Length; index++)
        {
            foreach (var hash in methods[index].Shingles.Sketch)
                GroupOf(hash).Add(index);
        }
        return groups.Values.Where(group => group.Count <= LargestGroup);

        List<int> GroupOf(ulong hash)
        {
            if (!groups.TryGetValue(hash, out var group))
                groups.Add(hash, group = []);
            return group;
        }
    }

    static IEnumerable<(int Left, int Right)> Pairs(List<int> group)
    {
        for (var left = 0; left < group.Count; left++)
        {
            for (var right = left + 1; right < group.Count; right++)
                yield return (group[left], group[right]);
        }
    }
}
