namespace ProfilerWeaver;

/// <summary>The slowest calls of contexts: a narrow column, beside which the few are kept that take seconds.</summary>
sealed class SlowestColumn(int capacity)
{
    const int IsLong = int.MaxValue;

    readonly Dictionary<int, long> longer = [];
    int[] narrow = new int[capacity];

    public long this[int index]
    {
        get => narrow[index] == IsLong ? longer[index] : narrow[index];
        set
        {
            narrow[index] = (int)Math.Min(value, IsLong);
            if (value >= IsLong)
                longer[index] = value;
        }
    }

    /// <summary>Sets the slowest calls of contexts to those of contexts of another tree.</summary>
    public void Copy(SlowestColumn from, int start, int place, int count)
    {
        Array.Copy(from.narrow, start, narrow, place, count);
        for (var i = 0; from.longer.Count > 0 && i < count; i++)
        {
            if (narrow[place + i] == IsLong)
                longer[place + i] = from.longer[start + i];
        }
    }

    public void Resize(int capacity) => Array.Resize(ref narrow, capacity);
}
