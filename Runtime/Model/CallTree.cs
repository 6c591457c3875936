namespace ProfilerWeaver;

/// <summary>
/// The calling contexts of a thread as columns: one array for each figure, the contexts in preorder, so that a context is
/// followed by all that lie below it. A million contexts take 24 MB, and no object each. Immutable;
/// <see cref="CallTreeBuilder"/> makes it.
/// </summary>
/// <remarks><see cref="CallNode"/> looks at one context.</remarks>
public sealed class CallTree
{
    internal CallTree(ContextColumns columns) => Columns = columns;

    /// <summary>How many contexts there are, the root included.</summary>
    public int Count => Columns.Count;

    /// <summary>The first context, which stands for the thread itself.</summary>
    public CallNode Root => this[0];

    internal ContextColumns Columns { get; }

    /// <summary>A context by its place in preorder.</summary>
    /// <param name="index">From 0, the root, to <see cref="Count"/> - 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such context.</exception>
    public CallNode this[int index] => (uint)index < (uint)Count
        ? new(Columns, index)
        : throw new ArgumentOutOfRangeException(nameof(index), index, $"The tree has {Count} contexts.");

    /// <summary>Shows all contexts to a sink.</summary>
    internal void Visit(ContextSink sink) => Columns.Visit(sink);

    /// <summary>The same tree with other times.</summary>
    internal CallTree WithTimes(long[] self, long[] cumulative, SlowestColumn? slowest = null) =>
        new(Columns.WithTimes(self, cumulative, slowest));

    /// <summary>The same tree with indices of methods that are larger by <paramref name="offset"/>.</summary>
    internal CallTree WithMethodsFrom(int offset) => offset == 0 ? this : new(Columns.WithMethodsFrom(offset));
}
