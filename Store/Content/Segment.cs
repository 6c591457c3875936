using System.Text.Json.Serialization;

namespace ProfilerWeaver.Store;

/// <summary>Some profiles of a service and day whose rows are together: one file in each table, which never changes.</summary>
/// <param name="Id">What its files are called. No two are called the same, at any time.</param>
/// <param name="Service">The service that was profiled.</param>
/// <param name="Day">The day on which recording began, in UTC.</param>
/// <param name="Level">How often its rows were written again: 0 as they were added.</param>
/// <param name="Profiles">How many profiles it has.</param>
/// <param name="Bytes">The size of its file in each table.</param>
sealed record Segment(string Id, string Service, DateOnly Day, int Level, long Profiles, IReadOnlyDictionary<string, long> Bytes)
{
    /// <summary>Which part of the tables it belongs to.</summary>
    [JsonIgnore]
    public Partition Partition => new(Service, Day);

    /// <summary>The size of all its files.</summary>
    [JsonIgnore]
    public long TotalBytes => Bytes.Values.Sum();

    /// <summary>The names of all its files.</summary>
    [JsonIgnore]
    public IEnumerable<string> Keys => StoreTable.All.Select(KeyOf);

    /// <summary>An id that no segment has had before. Those of later segments come later.</summary>
    public static string NewId() => Guid.CreateVersion7().ToString("n");

    /// <summary>The name of its file in a table, from the place of the store on.</summary>
    public string KeyOf(string table) => KeyOf(table, Partition, Id);

    /// <summary>The name of a file in a table, from the place of the store on.</summary>
    public static string KeyOf(string table, Partition partition, string id) => $"{table}/{partition.Folder}/{id}.parquet";
}
