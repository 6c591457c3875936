namespace ProfilerWeaver;

/// <summary>A row in the making: sums of figures, and of the shares of its callers in the order in which they came.</summary>
/// <param name="label">The number of its label.</param>
/// <param name="place">Its place among the rows.</param>
sealed class RowSum(int label, int place)
{
    // So many are looked through; more are found by a table.
    const int Few = 8;

    bool isEmpty = true;
    Figures figures;
    int[] callers = [];
    Figures[] shares = [];
    int count;
    Dictionary<int, int>? places;

    public int Place => place;

    /// <summary>Adds figures of the same method.</summary>
    /// <param name="other">The figures.</param>
    /// <param name="isOfAnother">Whether they are certainly of another profile than those before.</param>
    public void Add(in Figures other, bool isOfAnother)
    {
        var occurrence = isOfAnother && figures.Profiles > 0 && other.Profiles > 0 ? figures.Occurrence.And(other.Occurrence) : default;
        figures = isEmpty ? other : (figures + other) with { Occurrence = occurrence };
        isEmpty = false;
    }

    /// <summary>Adds what a caller contributes.</summary>
    /// <param name="caller">The number of its label.</param>
    /// <param name="share">The figures.</param>
    /// <param name="likely">Its place among the callers, if it is there.</param>
    public void AddShare(int caller, in Figures share, int likely)
    {
        if ((likely < count && callers[likely] == caller ? likely : PlaceOf(caller)) is >= 0 and var known)
        {
            shares[known] += share;
            return;
        }
        if (count == callers.Length)
        {
            Array.Resize(ref callers, Math.Max(2, 2 * count));
            Array.Resize(ref shares, callers.Length);
        }
        (callers[count], shares[count]) = (caller, share);
        places?.Add(caller, count);
        count++;
    }

    /// <summary>The row.</summary>
    /// <param name="labels">The labels by their numbers.</param>
    public MethodStats ToRow(List<MethodLabel> labels)
    {
        var all = new KeyValuePair<MethodLabel, Figures>[count];
        for (var i = 0; i < count; i++)
            all[i] = new(labels[callers[i]], shares[i]);
        return new(labels[label], figures, all);
    }

    // -1 if it is not there.
    int PlaceOf(int caller)
    {
        if (count <= Few)
            return Array.IndexOf(callers, caller, 0, count);
        if (places is null)
        {
            places = [];
            for (var i = 0; i < count; i++)
                places.Add(callers[i], i);
        }
        return places.TryGetValue(caller, out var known) ? known : -1;
    }
}
