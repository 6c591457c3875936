using Parquet;
using Parquet.Schema;

namespace ProfilerWeaver.Store;

/// <summary>A column of a Parquet file: values that wait until there are enough of them.</summary>
/// <param name="definition">What it is called in the file, and what it holds.</param>
abstract class Column(Field definition)
{
    /// <summary>What it is called in the file, and what it holds.</summary>
    public Field Field => definition;

    /// <summary>Writes what waits, in the next place of a group of rows.</summary>
    public abstract Task Write(ParquetRowGroupWriter group);
}

/// <summary>A column with a value in each row.</summary>
sealed class Column<T>(string name) : Column(new DataField<T>(name, nullable: false))
    where T : struct
{
    readonly List<T> values = [];

    public void Add(T value) => values.Add(value);

    public override async Task Write(ParquetRowGroupWriter group)
    {
        await group.WriteAsync<T>((DataField)Field, values.ToArray());
        values.Clear();
    }
}

/// <summary>A column whose values may not be known.</summary>
sealed class NullableColumn<T>(string name) : Column(new DataField<T>(name, nullable: true))
    where T : struct
{
    readonly List<T?> values = [];

    public void Add(T? value) => values.Add(value);

    public override async Task Write(ParquetRowGroupWriter group)
    {
        await group.WriteAsync<T>((DataField)Field, values.ToArray());
        values.Clear();
    }
}
