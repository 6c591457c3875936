namespace ProfilerWeaver;

/// <summary>Writes a <see cref="PstatsTable"/> row by row.</summary>
sealed class PstatsTableWriter
{
    readonly ByteWriter output;
    readonly MarshalWriter writer;

    public PstatsTableWriter(ByteWriter output)
    {
        this.output = output;
        writer = new(output);
        writer.BeginDictionary();
    }

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Writes a label.</summary>
    public static void Write(in MethodLabel label, MarshalWriter writer)
    {
        writer.BeginTuple(3);
        writer.Text(label.File);
        writer.Integer(label.Line);
        writer.Text(label.Name);
    }

    /// <summary>Begins a row.</summary>
    public void Row(in MethodLabel label, in Figures figures)
    {
        BeginRow();
        Write(label, writer);
        WriteFigures(figures);
    }

    /// <summary>Begins a row.</summary>
    /// <param name="label">The label as it is written.</param>
    /// <param name="figures">The figures.</param>
    public void Row(byte[] label, in Figures figures)
    {
        BeginRow();
        output.Bytes(label);
        WriteFigures(figures);
    }

    /// <summary>Adds a caller to the row.</summary>
    public void Caller(in MethodLabel label, in Figures figures)
    {
        Write(label, writer);
        WriteShare(figures);
    }

    /// <summary>Adds a caller to the row.</summary>
    /// <param name="label">The label as it is written.</param>
    /// <param name="figures">The figures.</param>
    public void Caller(byte[] label, in Figures figures)
    {
        output.Bytes(label);
        WriteShare(figures);
    }

    /// <summary>Ends the table.</summary>
    public void End()
    {
        if (Count > 0)
            writer.EndDictionary();
        writer.EndDictionary();
    }

    void BeginRow()
    {
        if (Count++ > 0)
            writer.EndDictionary();
    }

    void WriteFigures(in Figures figures)
    {
        writer.BeginTuple(5);
        writer.Integer(figures.PrimitiveCalls);
        writer.Integer(figures.Calls);
        writer.Float(figures.TotalTime);
        writer.Float(figures.CumulativeTime);
        writer.BeginDictionary();
    }

    void WriteShare(in Figures figures)
    {
        if (!figures.HasTimes)
        {
            writer.Integer(figures.Calls);
            return;
        }
        writer.BeginTuple(4);
        writer.Integer(figures.Calls);
        writer.Integer(figures.PrimitiveCalls);
        writer.Float(figures.TotalTime);
        writer.Float(figures.CumulativeTime);
    }
}

/// <summary>Writes the rows that it is shown. A label is encoded once, however many callers have it.</summary>
sealed class WrittenRows : RowVisitor
{
    readonly IReadOnlyList<MethodLabel> labels;
    readonly PstatsTableWriter table;
    readonly byte[]?[] encoded;
    readonly ByteWriter label = new();
    readonly MarshalWriter labelWriter;

    /// <param name="labels">The labels of all methods.</param>
    /// <param name="output">Where to write.</param>
    public WrittenRows(IReadOnlyList<MethodLabel> labels, ByteWriter output)
    {
        this.labels = labels;
        table = new(output);
        encoded = new byte[labels.Count][];
        labelWriter = new(label);
    }

    /// <summary>How many rows there are.</summary>
    public int Count => table.Count;

    public override void Row(int method, in Figures figures, int callers) => table.Row(Encoded(method), ProfileSanitizer.Sanitize(figures));

    public override void Caller(int method, in Figures figures) => table.Caller(Encoded(method), ProfileSanitizer.Sanitize(figures));

    /// <summary>Ends the table.</summary>
    public void End() => table.End();

    byte[] Encoded(int method)
    {
        if (encoded[method] is { } known)
            return known;
        label.Clear();
        PstatsTableWriter.Write(labels[method], labelWriter);
        return encoded[method] = label.ToArray();
    }
}
