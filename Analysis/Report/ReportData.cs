namespace ProfilerWeaver;

/// <summary>
/// What the viewer reads (<c>model/reader.ts</c>). Numbers are varints, signed ones zigzags, times doubles, texts the number
/// of a string:
/// <code>
/// data    = strings, header, facts, methods, columns, rows, trees, sources
/// strings = count, then each: number of bytes, UTF-8
/// header  = title, unit (0 seconds, 1 bytes, 2 none, 3 samples), calls, primitive calls, total (double)
/// facts   = count, then each: heading, count, then each: name, value
/// methods = count, then each: file, line, name, assembly (empty if it is not known)
/// columns = count, then each: name, whether it is a time
/// rows    = count, then each: method, figures, count, then each: caller's method, figures
/// trees   = count, then each: name, length of a unit (double), count of contexts, count of columns,
///           then each: name, number of bytes, a number for each context
/// sources = count, then each: file, text
/// </code>
/// </summary>
sealed class ReportData
{
    readonly StringTable strings = new();
    readonly ByteWriter content = new();
    readonly Dictionary<MethodLabel, int> indexOfLabel = [];
    readonly ByteWriter labels = new();
    readonly Stats stats;
    readonly HtmlOptions options;

    ReportData(Stats stats, HtmlOptions options)
    {
        this.stats = stats;
        this.options = options;
    }

    public static ByteWriter Of(Stats stats, HtmlOptions options) => new ReportData(stats, options).Write();

    ByteWriter Write()
    {
        WriteHeader();
        WriteFacts();
        // The methods come first, and are known last.
        var rows = Rows();
        var trees = Trees();
        content.Varint((ulong)indexOfLabel.Count);
        content.Append(labels);
        content.Append(rows);
        content.Append(trees);
        WriteSources();
        var data = strings.Write();
        data.Append(content);
        return data;
    }

    void WriteHeader()
    {
        Text(content, ReportFacts.Title(stats));
        content.Varint((ulong)stats.Unit);
        content.Varint((ulong)stats.TotalCalls);
        content.Varint((ulong)stats.PrimitiveCalls);
        content.Double(stats.TotalTime);
    }

    void WriteFacts()
    {
        var facts = ReportFacts.Of(stats).ToList();
        if (options.Causes.Count > 0)
            facts.Insert(0, ("What changed", options.Causes));
        content.Varint((ulong)facts.Count);
        foreach (var (heading, values) in facts)
        {
            Text(content, heading);
            content.Varint((ulong)values.Count);
            foreach (var value in values)
            {
                Text(content, value.Key);
                Text(content, value.Value);
            }
        }
    }

    ByteWriter Rows()
    {
        var rows = new ByteWriter();
        rows.Varint((ulong)ReportFigure.All.Length);
        foreach (var figure in ReportFigure.All)
        {
            Text(rows, figure.Name);
            rows.Varint(figure.Count is null ? 1UL : 0UL);
        }
        rows.Varint((ulong)stats.RowsInFileOrder.Count);
        foreach (var row in stats.RowsInFileOrder)
        {
            Share(row.Label, row.Figures);
            rows.Varint((ulong)row.Callers.Count);
            foreach (var caller in row.Callers)
                Share(caller.Key, caller.Value);
        }
        return rows;

        void Share(MethodLabel label, Figures figures)
        {
            rows.Varint((ulong)IndexOf(label));
            foreach (var figure in ReportFigure.All)
            {
                if (figure.Count is { } count)
                    rows.Zigzag(count(figures));
                else
                    rows.Double(figure.Time(figures));
            }
        }
    }

    ByteWriter Trees()
    {
        var threads = new List<(string Name, ProfileData Recording, int[] Methods, ContextColumns Contexts)>();
        foreach (var recording in stats.TreeRecordings)
        {
            var methods = recording.Methods.Select(IndexOf).ToArray();
            foreach (var thread in recording.Compensated().Threads.Where(thread => thread.Tree.Count > 1))
                threads.Add((ThreadStats.NameOf(thread.Id, thread.Name), recording, methods, thread.Tree.Columns));
        }
        var pruning = ContextPruning.Of(
            threads.ConvertAll(thread => (thread.Contexts, stats.Unit == ClockUnit.None ? 0 : thread.Recording.SecondsPerTick)),
            options.MostContexts, options.Before);
        var trees = new ByteWriter();
        trees.Varint((ulong)threads.Count);
        var begin = 0;
        foreach (var (name, recording, methods, contexts) in threads)
        {
            var first = begin;
            Text(trees, name);
            new ReportTree(contexts, methods, recording, i => pruning is null || pruning.Keeps(first + i), options.Before).AppendTo(trees, strings);
            begin += contexts.Count;
        }
        return trees;
    }

    void WriteSources()
    {
        var sources = options.WithSources ? SourceTexts.Of(stats.RowsInFileOrder.Select(row => row.Label)) : [];
        content.Varint((ulong)sources.Count);
        foreach (var (file, text) in sources)
        {
            Text(content, file);
            Text(content, text);
        }
    }

    int IndexOf(MethodLabel label)
    {
        if (!indexOfLabel.TryGetValue(label, out var index))
        {
            indexOfLabel[label] = index = indexOfLabel.Count;
            Text(labels, label.File ?? "");
            labels.Varint((ulong)Math.Max(0, label.Line));
            Text(labels, label.Name ?? "");
            Text(labels, label.Origin?.Assembly ?? "");
        }
        return index;
    }

    void Text(ByteWriter output, string text) => output.Varint(strings.IndexOf(text));
}
