namespace ProfilerWeaver;

/// <summary>
/// The object that pstats expects in a file:
/// <c>{(file, line, name): (cc, nc, tt, ct, {(file, line, name): (nc, cc, tt, ct)})}</c>.
/// </summary>
/// <remarks>The calls and primitive calls of a method and those of a caller stand in opposite order.</remarks>
static class PstatsTable
{
    public static void Write(IReadOnlyCollection<MethodStats> rows, ByteWriter output)
    {
        var writer = new MarshalWriter(output);
        writer.BeginDictionary();
        foreach (var row in rows)
        {
            WriteLabel(writer, row.Label);
            writer.BeginTuple(5);
            writer.Integer(row.PrimitiveCalls);
            writer.Integer(row.Calls);
            writer.Float(row.TotalTime);
            writer.Float(row.CumulativeTime);
            writer.BeginDictionary();
            for (var i = 0; i < row.Callers.Count; i++)
                WriteCaller(writer, row.Callers[i]);
            writer.EndDictionary();
        }
        writer.EndDictionary();
    }

    public static MethodStats[] Read(MarshalReader reader, string source) =>
        new PstatsTableReader(source).Rows(reader.Read());

    static void WriteLabel(MarshalWriter writer, MethodLabel label)
    {
        writer.BeginTuple(3);
        writer.Text(label.File);
        writer.Integer(label.Line);
        writer.Text(label.Name);
    }

    static void WriteCaller(MarshalWriter writer, KeyValuePair<MethodLabel, Figures> caller)
    {
        WriteLabel(writer, caller.Key);
        var figures = caller.Value;
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
