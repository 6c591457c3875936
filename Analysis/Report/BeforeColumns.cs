namespace ProfilerWeaver;

/// <summary>The figures of the contexts of a report before a change, by their places in the only tree that it has.</summary>
sealed class BeforeColumns(int count)
{
    public long[] Calls { get; } = new long[count];

    public long[] SelfTicks { get; } = new long[count];
}
