using Parquet;
using Parquet.Schema;

namespace ProfilerWeaver.Store;

/// <summary>A column of text.</summary>
sealed class TextColumn(string name, bool nullable = false) : Column(new DataField<string>(name, nullable))
{
    readonly List<string?> values = [];

    public void Add(string? value) => values.Add(value);

    public override async Task Write(ParquetRowGroupWriter group)
    {
        await group.WriteAsync((DataField)Field, values!);
        values.Clear();
    }
}
