using Parquet;
using Parquet.Schema;

namespace ProfilerWeaver.Store;

/// <summary>A column of keys with their values, of which a file has one row.</summary>
sealed class MapColumn(string name) : Column(new MapField(name, new DataField<string>("key", nullable: false), new DataField<string>("value", nullable: false)))
{
    static readonly int[] Nothing = [0];

    IReadOnlyCollection<KeyValuePair<string, string>> pairs = [];

    public void Add(IReadOnlyCollection<KeyValuePair<string, string>> row) => pairs = row;

    public override async Task Write(ParquetRowGroupWriter group)
    {
        var map = (MapField)Field;
        await Write(group, (DataField)map.Key, [.. pairs.Select(pair => pair.Key)]);
        await Write(group, (DataField)map.Value, [.. pairs.Select(pair => pair.Value)]);
    }

    static async Task Write(ParquetRowGroupWriter group, DataField field, string[] texts)
    {
        // The first of a row begins it, the others go on with it.
        if (texts.Length > 0)
            await group.WriteAsync(field, texts, texts.Select((_, i) => i == 0 ? 0 : 1).ToArray());
        else
            await group.WriteAllPartsAsync<ReadOnlyMemory<char>>(field, Array.Empty<ReadOnlyMemory<char>>(), Nothing, Nothing, default);
    }
}
