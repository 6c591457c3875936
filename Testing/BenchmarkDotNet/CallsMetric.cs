using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Reports;

namespace ProfilerWeaver;

/// <summary>The column with the calls of a method for each operation.</summary>
sealed class CallsMetric(string method) : IMetricDescriptor
{
    public string Id => "ProfilerWeaver." + method;

    public string DisplayName => "Calls of " + method;

    public string Legend => $"Calls of {method} for each operation, in a run of its own (ProfilerWeaver)";

    public string NumberFormat => "#,0.####";

    public UnitType UnitType => UnitType.Dimensionless;

    public string Unit => "calls";

    public bool TheGreaterTheBetter => false;

    public int PriorityInCategory => 0;

    public bool GetIsAvailable(Metric metric) => true;
}
