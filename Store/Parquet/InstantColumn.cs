using Parquet;
using Parquet.Schema;

namespace ProfilerWeaver.Store;

/// <summary>A column of instants, in UTC and to the microsecond.</summary>
sealed class InstantColumn(string name)
    : Column(new DateTimeDataField(name, DateTimeFormat.Timestamp, isAdjustedToUTC: true, unit: DateTimeTimeUnit.Micros, isNullable: false))
{
    readonly List<DateTime> values = [];

    public void Add(DateTime value) => values.Add(value);

    public override async Task Write(ParquetRowGroupWriter group)
    {
        await group.WriteAsync<DateTime>((DataField)Field, values.ToArray());
        values.Clear();
    }
}
