namespace ProfilerWeaver;

/// <summary>
/// The calling contexts of a thread as columns: one array for each figure, the contexts in preorder, so that a context is
/// followed by all that lie below it. A million contexts take 32 MB, and no object each. Immutable;
/// <see cref="CallTreeBuilder"/> makes it.
/// </summary>
/// <remarks><see cref="CallNode"/> looks at one context.</remarks>
public sealed class CallTree
{
    readonly int[] methods;
    readonly int[] ends;
    readonly long[] calls;
    readonly long[] self;
    readonly long[] cumulative;

    // Null where all are 0, as they are in most trees.
    readonly long[]? recursive;
    readonly long[]? resumes;
    readonly long[]? folded;

    internal CallTree(
        int count, int[] methods, int[] ends, long[] calls, long[] self, long[] cumulative, long[]? recursive, long[]? resumes,
        long[]? folded)
    {
        Count = count;
        this.methods = methods;
        this.ends = ends;
        this.calls = calls;
        this.self = self;
        this.cumulative = cumulative;
        this.recursive = recursive;
        this.resumes = resumes;
        this.folded = folded;
    }

    /// <summary>How many contexts there are, the root included.</summary>
    public int Count { get; }

    /// <summary>The first context, which stands for the thread itself.</summary>
    public CallNode Root => this[0];

    /// <summary>A context by its place in preorder.</summary>
    /// <param name="index">From 0, the root, to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such context.</exception>
    public CallNode this[int index] => (uint)index < (uint)Count
        ? new(this, index)
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"The tree has {Count} contexts.");

    internal int MethodOf(int index) => methods[index];

    /// <summary>The place behind the last context below this one.</summary>
    internal int EndOf(int index) => ends[index];

    internal long CallsOf(int index) => calls[index];

    internal long SelfOf(int index) => self[index];

    internal long CumulativeOf(int index) => cumulative[index];

    internal long RecursiveOf(int index) => recursive is null ? 0 : recursive[index];

    internal long ResumesOf(int index) => resumes is null ? 0 : resumes[index];

    internal long FoldedOf(int index) => folded is null ? 0 : folded[index];

    internal ContextFigures FiguresOf(int index) => new()
    {
        Calls = calls[index],
        RecursiveCalls = RecursiveOf(index),
        Resumes = ResumesOf(index),
        SelfTicks = self[index],
        CumulativeTicks = cumulative[index],
        FoldedCalls = FoldedOf(index),
    };

    /// <summary>Shows all contexts to a sink.</summary>
    internal void Visit(ContextSink sink)
    {
        // For each context on the current path, where it ends.
        var path = new int[64];
        var depth = 0;
        for (var i = 0; i < Count; i++)
        {
            while (depth > 0 && path[depth - 1] <= i)
            {
                sink.Leave();
                depth--;
            }
            if (depth == path.Length)
                Array.Resize(ref path, depth * 2);
            path[depth++] = ends[i];
            var figures = FiguresOf(i);
            sink.Enter(methods[i], figures);
        }
        for (; depth > 0; depth--)
            sink.Leave();
    }

    /// <summary>The same tree with other times.</summary>
    internal CallTree WithTimes(long[] newSelf, long[] newCumulative) =>
        new(Count, methods, ends, calls, newSelf, newCumulative, recursive, resumes, folded);

    /// <summary>The same tree with indices of methods that are larger by <paramref name="offset"/>.</summary>
    internal CallTree WithMethodsFrom(int offset)
    {
        if (offset == 0)
            return this;
        var shifted = new int[Count];
        for (var i = 0; i < Count; i++)
            shifted[i] = methods[i] < 0 ? methods[i] : methods[i] + offset;
        return new(Count, shifted, ends, calls, self, cumulative, recursive, resumes, folded);
    }
}
