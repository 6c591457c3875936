namespace ProfilerWeaver;

/// <summary>The figures of the async contexts of a tree, which are few: their places, and as many figures.</summary>
sealed class AsyncColumns
{
    readonly PlaceBits bits = new();
    int count;
    int[] places = new int[16];
    AsyncFigures[] figures = new AsyncFigures[16];

    public int Count => count;

    /// <summary>The place in preorder of one of the contexts that have figures.</summary>
    public int PlaceOf(int number) => places[number];

    /// <summary>The figures of that.</summary>
    public ref readonly AsyncFigures this[int number] => ref figures[number];

    /// <summary>The figures of a context, by its place in preorder.</summary>
    public AsyncFigures Of(int place) => bits.Has(place) ? figures[Array.BinarySearch(places, 0, count, place)] : default;

    /// <summary>Whether any of the contexts from <paramref name="start"/> to before <paramref name="end"/> has figures.</summary>
    public bool HasAny(int start, int end) => bits.HasAny(start, end);

    /// <summary>Adds the figures of a context behind those of the ones before.</summary>
    public void Add(int place, in AsyncFigures of)
    {
        if (count == places.Length)
        {
            Array.Resize(ref places, 2 * count);
            Array.Resize(ref figures, 2 * count);
        }
        bits.Add(place);
        places[count] = place;
        figures[count++] = of;
    }

    /// <summary>The same contexts with other running times.</summary>
    /// <param name="before">By their places, the times until now.</param>
    /// <param name="now">By their places, the others.</param>
    public AsyncColumns WithRunning(Func<int, long> before, Func<int, long> now)
    {
        var result = new AsyncColumns();
        for (var i = 0; i < count; i++)
            result.Add(places[i], figures[i].Without(before(places[i]) - now(places[i])));
        return result;
    }
}
