using System.Data.Common;

namespace ProfilerWeaver.Store;

/// <summary>The rows that answer a question.</summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The values in each row: numbers, texts, instants, bytes, lists and maps of these, or null.</param>
sealed record Answer(IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>Reads all that there is.</summary>
    public static Answer Read(DbDataReader reader)
    {
        var columns = new string[reader.FieldCount];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = reader.GetName(i);
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[columns.Length];
            for (var i = 0; i < row.Length; i++)
                row[i] = Own(reader.GetValue(i));
            rows.Add(row);
        }
        return new(columns, rows);
    }

    // Bytes come as a view of memory that is not ours.
    static object? Own(object value)
    {
        if (value is DBNull)
            return null;
        if (value is not Stream view)
            return value;
        using var copy = new MemoryStream();
        view.CopyTo(copy);
        return copy.ToArray();
    }
}
