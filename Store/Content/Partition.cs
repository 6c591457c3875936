using System.Globalization;

namespace ProfilerWeaver.Store;

/// <summary>Which part of a table a profile is in.</summary>
/// <param name="Service">The service that was profiled.</param>
/// <param name="Day">The day on which recording began, in UTC.</param>
readonly record struct Partition(string Service, DateOnly Day)
{
    /// <summary>Its folder below that of the table, as Hive names it.</summary>
    public string Folder => $"service={Uri.EscapeDataString(Service)}/day={DayText}";

    /// <summary>Its day as in ISO 8601.</summary>
    public string DayText => Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
