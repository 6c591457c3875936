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

    /// <summary>The table at the beginning of a file.</summary>
    /// <param name="data">The file.</param>
    /// <param name="source">Its name in messages.</param>
    /// <param name="end">Where the table ends.</param>
    /// <exception cref="InvalidProfileException">There is no such table.</exception>
    public static MethodStats[] Read(byte[] data, string source, out int end)
    {
        var plain = new PlainTable();
        if (new PlainTableReader().TryRead(data, data.Length, plain, out end))
            return plain.ToRows();
        var reader = new MarshalReader(data, source);
        var rows = new PstatsTableReader(source).Rows(reader.Read());
        end = reader.Position;
        return rows;
    }

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
