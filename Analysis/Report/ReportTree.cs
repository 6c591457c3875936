namespace ProfilerWeaver;

/// <summary>Writes the contexts of one thread as columns, in preorder and without the root. What is left out is one more
/// context below the one that it was left out of, the last, with the sums of its figures.</summary>
sealed class ReportTree
{
    const double Nanosecond = 1e-9;

    readonly ContextColumns contexts;
    readonly int[] methods;
    readonly Func<int, bool> keeps;
    readonly double unitsPerTick;
    readonly BeforeColumns? before;

    // What a context's cumulative time has besides its own time and that of the contexts below it: truncated calls, for example.
    readonly long[] elsewhere;

    readonly ByteWriter methodColumn = new();
    readonly ByteWriter endedColumn = new();
    readonly ByteWriter selfColumn = new();
    readonly ByteWriter elsewhereColumn = new();
    readonly ByteWriter omittedColumn = new();
    readonly ByteWriter callsBeforeColumn = new();
    readonly ByteWriter selfBeforeColumn = new();
    readonly ByteWriter[] figureColumns = Array.ConvertAll(ReportColumn.All, _ => new ByteWriter());

    int count;
    int ended;
    RoundedSum self;
    RoundedSum besides;

    /// <param name="contexts">What is to be written.</param>
    /// <param name="methods">For each method, its number in the report.</param>
    /// <param name="recording">What tells the length of a tick.</param>
    /// <param name="keeps">Whether a context is written, by its place.</param>
    /// <param name="before">The figures before a change; null: there was none.</param>
    public ReportTree(ContextColumns contexts, int[] methods, ProfileData recording, Func<int, bool> keeps, BeforeColumns? before)
    {
        this.before = before;
        this.contexts = contexts;
        this.methods = methods;
        this.keeps = keeps;
        // Nothing is known to a fraction of a nanosecond, and it would be half of the file.
        var isFine = recording.Unit == ClockUnit.Seconds && recording.SecondsPerTick < Nanosecond;
        unitsPerTick = isFine ? recording.SecondsPerTick / Nanosecond : 1;
        Unit = isFine ? Nanosecond : recording.SecondsPerTick;
        elsewhere = Elsewhere();
        Write();
    }

    /// <summary>What the times are multiples of.</summary>
    public double Unit { get; }

    public void AppendTo(ByteWriter output, StringTable strings)
    {
        output.Double(Unit);
        output.Varint((ulong)count);
        var columns = ReportColumn.All.Select((column, i) => (column.Name, Bytes: figureColumns[i])).Concat(
        [
            ("method", methodColumn), ("ended", endedColumn), ("self", selfColumn), ("elsewhere", elsewhereColumn),
            ("omitted", omittedColumn), .. before is null ? [] : new[] { ("beforeCalls", callsBeforeColumn), ("beforeSelf", selfBeforeColumn) },
        ]).ToArray();
        output.Varint((ulong)columns.Length);
        foreach (var (name, bytes) in columns)
        {
            output.Varint(strings.IndexOf(name));
            output.Varint((ulong)bytes.Length);
            output.Append(bytes);
        }
    }

    long[] Elsewhere()
    {
        var result = new long[contexts.Count];
        var path = new Stack<int>();
        for (var i = 0; i < result.Length; i++)
        {
            while (path.Count > 0 && contexts.EndOf(path.Peek()) <= i)
                path.Pop();
            var cumulative = contexts.CumulativeOf(i);
            result[i] += cumulative - contexts.SelfOf(i);
            if (path.Count > 0)
                result[path.Peek()] -= cumulative;
            path.Push(i);
        }
        return result;
    }

    void Write()
    {
        // For each context on the path, where it ends and what was left out of it.
        var path = new Stack<(int End, Omitted Omitted)>();
        path.Push((contexts.EndOf(0), new()));
        for (var i = 1; i < contexts.Count;)
        {
            while (path.Peek().End <= i)
                Leave(path.Pop().Omitted);
            var end = contexts.EndOf(i);
            if (!keeps(i))
            {
                var omitted = path.Peek().Omitted;
                for (; i < end; i++)
                    omitted.Add(contexts.FiguresOf(i), elsewhere[i], before?.Calls[i] ?? 0, before?.SelfTicks[i] ?? 0);
                continue;
            }
            var figures = contexts.FiguresOf(i);
            Enter(methods[contexts.MethodOf(i)] + 1, figures, elsewhere[i], 0);
            EnterBefore(before?.Calls[i] ?? 0, before?.SelfTicks[i] ?? 0);
            path.Push((end, new()));
            i++;
        }
        while (path.Count > 0)
            Leave(path.Pop().Omitted);
    }

    void Enter(int method, in ContextFigures figures, long elsewhereTicks, int omitted)
    {
        count++;
        methodColumn.Varint((ulong)method);
        endedColumn.Varint((ulong)ended);
        ended = 0;
        for (var i = 0; i < figureColumns.Length; i++)
        {
            var column = ReportColumn.All[i];
            var figure = column.Of(figures);
            figureColumns[i].Zigzag(column.IsTime ? (long)Math.Round(figure * unitsPerTick) : figure);
        }
        selfColumn.Zigzag(self.Add(figures.SelfTicks, unitsPerTick));
        elsewhereColumn.Zigzag(besides.Add(elsewhereTicks, unitsPerTick));
        omittedColumn.Varint((ulong)omitted);
    }

    void EnterBefore(long calls, long selfTicks)
    {
        callsBeforeColumn.Zigzag(calls);
        selfBeforeColumn.Zigzag((long)Math.Round(selfTicks * unitsPerTick));
    }

    void Leave(Omitted omitted)
    {
        if (omitted.Count > 0)
        {
            Enter(0, omitted.Figures, omitted.Elsewhere, omitted.Count);
            EnterBefore(omitted.CallsBefore, omitted.SelfBefore);
            ended++;
        }
        ended++;
    }

    // However many contexts are added up, they are wrong by less than two units.
    struct RoundedSum
    {
        long ticks;
        double units;

        public long Add(long more, double unitsPerTick)
        {
            ticks += more;
            var before = units;
            units = Math.Round(ticks * unitsPerTick);
            return (long)(units - before);
        }
    }

    sealed class Omitted
    {
        public ContextFigures Figures;

        public int Count { get; private set; }

        public long Elsewhere { get; private set; }

        public long CallsBefore { get; private set; }

        public long SelfBefore { get; private set; }

        public void Add(in ContextFigures figures, long elsewhere, long callsBefore, long selfBefore)
        {
            CallsBefore += callsBefore;
            SelfBefore += selfBefore;
            Figures.Add(figures);
            Elsewhere += elsewhere;
            Count++;
        }
    }
}
