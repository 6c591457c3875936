namespace ProfilerWeaver;

/// <summary>The methods of all profiles that are merged, by label: those with equal labels are one. Several threads may ask at once.</summary>
sealed class MergedMethods
{
    readonly Dictionary<MethodLabel, int> known = [];
    readonly List<MethodLabel> labels = [];
    int[] ranks = [];

    /// <summary>The number of a method, which it keeps.</summary>
    public int NumberOf(in MethodLabel label)
    {
        lock (known)
            return Number(label);
    }

    /// <summary>All methods in the order of their labels, which is the same whatever order they came in.</summary>
    public MethodLabel[] Sorted()
    {
        var sorted = Copy();
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>For each number, the method's place in <see cref="Sorted"/>.</summary>
    public int[] Ranks()
    {
        lock (known)
        {
            if (ranks.Length != labels.Count)
                ranks = RanksOf(Copy());
            return ranks;
        }
    }

    int Number(in MethodLabel label)
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

    MethodLabel[] Copy()
    {
        lock (known)
            return [.. labels];
    }

    static int[] RanksOf(MethodLabel[] labels)
    {
        var numbers = new int[labels.Length];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = i;
        Array.Sort(labels, numbers);
        var ranks = new int[numbers.Length];
        for (var i = 0; i < numbers.Length; i++)
            ranks[numbers[i]] = i;
        return ranks;
    }
}
