namespace ProfilerWeaver;

/// <summary>The methods of all profiles that are merged, by label: those with equal labels are one.</summary>
sealed class MergedMethods
{
    readonly Dictionary<MethodLabel, int> known = [];
    readonly List<MethodLabel> labels = [];
    int[] ranks = [];

    /// <summary>The number of a method, which it keeps.</summary>
    public int NumberOf(in MethodLabel label)
    {
        if (!known.TryGetValue(label, out var number))
        {
            number = labels.Count;
            known.Add(label, number);
            labels.Add(label);
        }
        else if (label.Origin is { } origin && origin.CompareTo(labels[number].Origin) < 0)
        {
            labels[number] = label;
        }
        return number;
    }

    /// <summary>All methods in the order of their labels, which is the same whatever order they came in.</summary>
    public MethodLabel[] Sorted()
    {
        var sorted = labels.ToArray();
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>For each number, the method's place in <see cref="Sorted"/>.</summary>
    public int[] Ranks()
    {
        if (ranks.Length == labels.Count)
            return ranks;
        var sorted = labels.ToArray();
        var numbers = new int[sorted.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = i;
        Array.Sort(sorted, numbers);
        ranks = new int[numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
            ranks[numbers[i]] = i;
        return ranks;
    }
}
