using System.Runtime.InteropServices;

namespace CodeStats.Metrics;

/// <summary>Counts how often each item occurs.</summary>
sealed class Counter<T>
    where T : notnull
{
    readonly Dictionary<T, int> counts = [];

    /// <summary>The number of different items.</summary>
    public int Distinct => counts.Count;

    public int Total => counts.Values.Sum();

    public void Add(T item, int times = 1) =>
        CollectionsMarshal.GetValueRefOrAddDefault(counts, item, out _) += times;

    public void AddAll(Counter<T> other)
    {
        foreach (var (item, times) in other.counts)
            Add(item, times);
    }

    /// <summary>The items that occur most often; those that occur equally often in the order of the comparer.</summary>
    public IEnumerable<(T Item, int Times)> Top(int number, IComparer<T> comparer) => counts
        .OrderByDescending(entry => entry.Value)
        .ThenBy(entry => entry.Key, comparer)
        .Take(number)
        .Select(entry => (entry.Key, entry.Value));
}
