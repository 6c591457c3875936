namespace ProfilerWeaver;

/// <summary>
/// The times of contexts in preorder. One column serves both: the sum of the own times of all contexts before, from which a context's
/// own time and that of all below it are a subtraction away. The latter is its cumulative time, except where not all of what it
/// called is below it: truncated calls, resumes, what was open; those few are kept beside.
/// </summary>
sealed class ContextTimes
{
    readonly long[] before;
    readonly int[] exceptions;
    readonly long[] cumulative;
    readonly PlaceBits areExceptions = new();

    /// <param name="before">For each context, the sum of the own times of those before; and one more, the sum of all.</param>
    /// <param name="exceptions">The contexts whose cumulative time is another one.</param>
    /// <param name="cumulative">Their cumulative times.</param>
    public ContextTimes(long[] before, int[] exceptions, long[] cumulative)
    {
        this.before = before;
        Array.Sort(exceptions, cumulative);
        this.exceptions = exceptions;
        this.cumulative = cumulative;
        foreach (var exception in exceptions)
            areExceptions.Add(exception);
    }

    /// <summary>Makes it of two columns.</summary>
    /// <param name="self">The own times.</param>
    /// <param name="cumulative">The cumulative times.</param>
    /// <param name="ends">For each context, the place behind the last one below it.</param>
    public static ContextTimes Of(long[] self, long[] cumulative, int[] ends)
    {
        var before = new long[self.Length + 1];
        self.CopyTo(before, 1);
        Sum(before);
        var exceptions = new List<int>();
        for (var i = 0; i < self.Length; i++)
        {
            if (cumulative[i] != unchecked(before[ends[i]] - before[i]))
                exceptions.Add(i);
        }
        return new(before, [.. exceptions], [.. exceptions.Select(i => cumulative[i])]);
    }

    /// <summary>Makes it of one column and the exceptions.</summary>
    /// <param name="self">The own time of each context, one place behind it. It is used up.</param>
    /// <param name="exceptions">The contexts whose cumulative time is not the sum of the own times below.</param>
    /// <param name="cumulative">Their cumulative times.</param>
    public static ContextTimes Of(long[] self, List<int> exceptions, List<long> cumulative)
    {
        Sum(self);
        return new(self, [.. exceptions], [.. cumulative]);
    }

    /// <summary>Whether the cumulative times of all these contexts are the sums of the own times below them.</summary>
    public bool AreSums(int start, int end) => !areExceptions.HasAny(start, end);

    /// <summary>Adds the sums of the own times of contexts to those of another tree, which are known up to the first of them.</summary>
    public void CopyTo(int start, long[] target, int place, int count)
    {
        var moved = unchecked(target[place] - before[start]);
        for (var i = 1; i <= count; i++)
            target[place + i] = unchecked(before[start + i] + moved);
    }

    public long SelfOf(int index) => unchecked(before[index + 1] - before[index]);

    /// <summary>The cumulative time of a context.</summary>
    /// <param name="index">Its place.</param>
    /// <param name="end">The place behind the last context below it.</param>
    public long CumulativeOf(int index, int end) => areExceptions.Has(index)
        ? cumulative[Array.BinarySearch(exceptions, index)]
        : unchecked(before[end] - before[index]);

    /// <summary>How much longer the cumulative time of a context is than the own times of it and of all below it: 0 for all but the exceptions.</summary>
    /// <inheritdoc cref="CumulativeOf"/>
    public long BeyondOf(int index, int end) => areExceptions.Has(index)
        ? unchecked(CumulativeOf(index, end) - (before[end] - before[index]))
        : 0;

    static void Sum(long[] shifted)
    {
        for (var i = 1; i < shifted.Length; i++)
            shifted[i] = unchecked(shifted[i] + shifted[i - 1]);
    }
}
