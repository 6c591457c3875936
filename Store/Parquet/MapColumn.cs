using Parquet;
using Parquet.Schema;

namespace ProfilerWeaver.Store;

/// <summary>A column of keys with their values.</summary>
sealed class MapColumn(string name) : Column(new MapField(name, new DataField<string>("key", nullable: false), new DataField<string>("value", nullable: false)))
{
    readonly List<IReadOnlyDictionary<string, string>> rows = [];

    public void Add(IReadOnlyDictionary<string, string> row) => rows.Add(row);

    public override async Task Write(ParquetRowGroupWriter group)
    {
        var map = (MapField)Field;
        await Write(group, (DataField)map.Key, pair => pair.Key);
        await Write(group, (DataField)map.Value, pair => pair.Value);
        rows.Clear();
    }

    async Task Write(ParquetRowGroupWriter group, DataField field, Func<KeyValuePair<string, string>, string> part)
    {
        var (texts, definitions, repetitions) = (new List<ReadOnlyMemory<char>>(), new List<int>(), new List<int>());
        foreach (var row in rows)
        {
            // A row without pairs has a place nevertheless, which defines nothing.
            if (row.Count == 0)
                Add(definition: 0, repetition: 0);
            // The first of a row begins it, the others go on with it.
            foreach (var (i, pair) in row.Index())
            {
                texts.Add(part(pair).AsMemory());
                Add(field.MaxDefinitionLevel, i == 0 ? 0 : 1);
            }
        }
        await group.WriteAllPartsAsync<ReadOnlyMemory<char>>(field, texts.ToArray(), definitions.ToArray(), repetitions.ToArray(), default);

        void Add(int definition, int repetition)
        {
            definitions.Add(definition);
            repetitions.Add(repetition);
        }
    }
}
