namespace ProfilerWeaver;

/// <summary>A figure that few contexts have.</summary>
enum RareFigure
{
    RecursiveCalls,
    Resumes,
    TruncatedCalls,
    Samples,
}

/// <summary>The figures that few contexts have: a column each, and none where all are 0, as they are in most trees.</summary>
sealed class RareColumns
{
    readonly long[]?[] columns = new long[]?[(int)RareFigure.Samples + 1];

    public long Of(RareFigure figure, int index) => columns[(int)figure] is { } column ? column[index] : 0;

    /// <summary>Whether a context has one of them.</summary>
    public bool HasAny(int index)
    {
        foreach (var column in columns)
        {
            if (column is not null && column[index] != 0)
                return true;
        }
        return false;
    }

    /// <summary>Sets a figure of a context, where all are 0.</summary>
    /// <param name="figure">Which.</param>
    /// <param name="index">Its place.</param>
    /// <param name="value">The figure.</param>
    /// <param name="capacity">How many contexts there is room for.</param>
    public void Set(RareFigure figure, int index, long value, int capacity)
    {
        if (value != 0)
            (columns[(int)figure] ??= new long[capacity])[index] = value;
    }

    /// <summary>Sets a figure of contexts that follow each other.</summary>
    public void Set(RareFigure figure, int start, long[] values, int count, int capacity) =>
        Array.Copy(values, 0, columns[(int)figure] ??= new long[capacity], start, count);

    /// <summary>Sets all figures of contexts to those of contexts of another tree.</summary>
    public void Copy(RareColumns from, int start, int place, int count, int capacity)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (from.columns[i] is { } column)
                Array.Copy(column, start, columns[i] ??= new long[capacity], place, count);
        }
    }

    public void Resize(int capacity)
    {
        for (var i = 0; i < columns.Length; i++)
        {
            if (columns[i] is { } column)
            {
                Array.Resize(ref column, capacity);
                columns[i] = column;
            }
        }
    }
}
