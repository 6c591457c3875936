namespace ProfilerWeaver;

/// <summary>A row in the making: sums of figures, and of the shares of its callers in the order in which they came.</summary>
/// <param name="label">Its label.</param>
sealed class RowSum(SummedLabel label)
{
    // So many are looked through; more are found by a table.
    const int Few = 8;

    bool isEmpty = true;
    Figures figures;
    SummedLabel[] callers = [];
    Figures[]? shares;
    int count;
    Dictionary<SummedLabel, int>? places;

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
    /// <param name="caller">Its label.</param>
    /// <param name="share">The figures.</param>
    /// <param name="likely">Its place among the callers, if it is there.</param>
    public void AddShare(SummedLabel caller, in Figures share, int likely)
    {
        ref var sum = ref ShareOf(caller, likely, out var isNew);
        sum = isNew ? share : sum + share;
    }

    /// <summary>Adds what a caller contributes.</summary>
    /// <param name="caller">Its label.</param>
    /// <param name="share">The figures.</param>
    /// <param name="likely">Its place among the callers, if it is there.</param>
    public void AddShare(SummedLabel caller, in PlainFigures share, int likely)
    {
        ref var sum = ref ShareOf(caller, likely, out var isNew);
        sum = isNew ? share.ToFigures() : share.AddedTo(sum);
    }

    /// <summary>The row.</summary>
    public MethodStats ToRow()
    {
        var all = new KeyValuePair<MethodLabel, Figures>[count];
        for (var i = 0; i < count; i++)
            all[i] = new(callers[i].Label, shares![i]);
        return new(label.Label, figures, all);
    }

    // Nothing, if it is new.
    ref Figures ShareOf(SummedLabel caller, int likely, out bool isNew)
    {
        var place = likely < count && callers[likely] == caller ? likely : PlaceOf(caller);
        isNew = place < 0;
        if (isNew)
        {
            if (count == callers.Length)
                Grow();
            place = count++;
            callers[place] = caller;
            places?.Add(caller, place);
        }
        return ref shares![place];
    }

    void Grow()
    {
        Array.Resize(ref callers, Math.Max(2, 2 * count));
        // Of Array.Resize for figures, .NET has no code that is compiled ahead of time.
        var larger = new Figures[callers.Length];
        if (shares is not null)
            Array.Copy(shares, larger, count);
        shares = larger;
    }

    // -1 if it is not there.
    int PlaceOf(SummedLabel caller)
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
