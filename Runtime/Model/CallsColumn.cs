namespace ProfilerWeaver;

/// <summary>How often contexts were called: a column that is as narrow as long as the numbers allow it.</summary>
struct CallsColumn(int capacity)
{
    int[]? narrow = new int[capacity];
    long[]? wide;

    public readonly long this[int index] => wide is null ? narrow![index] : wide[index];

    public void Set(int index, long calls)
    {
        if (wide is null && calls is < int.MinValue or > int.MaxValue)
            Widen();
        if (wide is null)
            narrow![index] = (int)calls;
        else
            wide[index] = calls;
    }

    /// <summary>Sets the calls of contexts to those of contexts of another tree.</summary>
    public void Copy(in CallsColumn from, int start, int place, int count)
    {
        if (from.wide is not null && wide is null)
            Widen();
        // From narrow to wide, it converts.
        Array.Copy((Array?)from.wide ?? from.narrow!, start, (Array?)wide ?? narrow!, place, count);
    }

    public void Resize(int capacity)
    {
        if (wide is null)
            Array.Resize(ref narrow, capacity);
        else
            Array.Resize(ref wide, capacity);
    }

    void Widen()
    {
        wide = Array.ConvertAll(narrow!, number => (long)number);
        narrow = null;
    }
}
