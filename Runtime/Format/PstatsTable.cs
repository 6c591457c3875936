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
        var writer = new PstatsTableWriter(output);
        foreach (var row in rows)
        {
            writer.Row(row.Label, row.Figures);
            for (var i = 0; i < row.Callers.Count; i++)
                writer.Caller(row.Callers[i].Key, row.Callers[i].Value);
        }
        writer.End();
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
}
