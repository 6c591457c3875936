using System.Data.Common;

namespace ProfilerWeaver.Store;

/// <summary>The rows that answer a question.</summary>
/// <param name="Columns">The names of the columns.</param>
/// <param name="Rows">The values in each row: numbers, texts, instants, bytes, lists and maps of these, or null.</param>
sealed record Answer(IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    // What an object takes besides what is in it, about.
    const int BytesOfValue = 32;

    /// <summary>Reads all that there is.</summary>
    /// <param name="reader">Has the rows.</param>
    /// <param name="memory">How many bytes they may take, about.</param>
    /// <exception cref="StoreException">They take more.</exception>
    public static Answer Read(DbDataReader reader, long memory)
    {
        var left = memory;
        var columns = new string[reader.FieldCount];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = reader.GetName(i);
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object?[columns.Length];
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = Own(reader.GetValue(i));
                left -= BytesOfValue + (row[i] is string text ? 2 * text.Length : row[i] is byte[] bytes ? bytes.Length : 0);
            }
            rows.Add(row);
            if (left < 0)
            {
                throw new StoreException($"the answer has more than {rows.Count} rows, which take more than {AutoUnits.Bytes(memory)} of memory. " +
                    "Add a limit to the question, or give it more by --memory SIZE.");
            }
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
