using Parquet;
using Parquet.Schema;

namespace ProfilerWeaver.Store;

/// <summary>A column of hashes.</summary>
sealed class HashColumn(string name, bool nullable = false) : Column(new DataField<byte[]>(name, nullable))
{
    readonly List<byte[]?> values = [];

    public void Add(byte[]? value) => values.Add(value);

    public override async Task Write(ParquetRowGroupWriter group)
    {
        await group.WriteAsync((DataField)Field, values!);
        values.Clear();
    }
}
