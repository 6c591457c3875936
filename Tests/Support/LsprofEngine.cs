namespace ProfilerWeaver.Tests;

/// <summary>
/// CPython's engine as it keeps its books: on functions and caller-callee pairs with a recursion level each, without
/// any tree. It is the independent opinion on what <see cref="FlatProfile"/> derives from a tree. Beyond CPython, it knows the
/// longest call.
/// </summary>
sealed class LsprofEngine
{
    readonly Dictionary<int, Entry> entries = [];
    readonly Stack<Context> contexts = new();

    public long Now { get; set; }

    public int Depth => contexts.Count;

    public void Enter(int method)
    {
        if (!entries.TryGetValue(method, out var entry))
            entries[method] = entry = new Entry(method);
        entry.Level++;
        if (contexts.TryPeek(out var caller))
        {
            if (!caller.Entry.Calls.TryGetValue(method, out var edge))
                caller.Entry.Calls[method] = edge = new Book();
            edge.Level++;
        }
        contexts.Push(new Context(entry, Now));
    }

    public void Leave()
    {
        if (!contexts.TryPop(out var context))
            return;
        var total = Now - context.Start;
        var inline = total - context.Subcalls;
        context.Entry.Close(total, inline);
        if (!contexts.TryPeek(out var caller))
            return;
        caller.Subcalls += total;
        caller.Entry.Calls[context.Entry.Method].Close(total, inline);
    }

    /// <summary>The figures of the methods that were left at least once, and of every caller-callee pair.</summary>
    /// <param name="withSlowest">Whether the longest calls are among them.</param>
    public (Dictionary<int, Figures> Methods, Dictionary<(int, int), Figures> Edges) Results(bool withSlowest = true)
    {
        var finished = entries.Values.Where(entry => entry.Count > 0);
        var edges = from entry in entries.Values
                    from call in entry.Calls
                    select ((entry.Method, call.Key), Of(call.Value));
        return (finished.ToDictionary(entry => entry.Method, entry => Of(entry)), edges.ToDictionary());

        Figures Of(Book book) => withSlowest ? book.Figures : book.Figures with { SlowestTime = 0 };
    }

    class Book
    {
        long recursive;
        long total;
        long inline;
        long slowest;

        public int Level { get; set; }
        public long Count { get; private set; }
        public Figures Figures => new(Count, Count - recursive, inline, total) { SlowestTime = slowest };

        public void Close(long totalTime, long inlineTime)
        {
            if (--Level == 0)
                total += totalTime;
            else
                recursive++;
            inline += inlineTime;
            slowest = Math.Max(slowest, totalTime);
            Count++;
        }
    }

    sealed class Entry(int method) : Book
    {
        public int Method => method;
        public Dictionary<int, Book> Calls { get; } = [];
    }

    sealed class Context(Entry entry, long start)
    {
        public Entry Entry => entry;
        public long Start => start;
        public long Subcalls { get; set; }
    }
}
