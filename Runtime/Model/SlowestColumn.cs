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

    public void Resize(int capacity) => Array.Resize(ref narrow, capacity);
}
