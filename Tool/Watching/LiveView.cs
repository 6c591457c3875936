namespace ProfilerWeaver.Tool;

/// <summary>Which rows are shown, in which order.</summary>
sealed class LiveView
{
    public static readonly string[] Sorts = ["self", "calls", "total", "name"];

    /// <summary>One of <see cref="Sorts"/>.</summary>
    public string Sort { get; set; } = Sorts[0];

    /// <summary>A part of the names of those that are shown.</summary>
    public string Filter { get; set; } = "";

    /// <summary>Takes the next order.</summary>
    public void SortNext() => Sort = Sorts[(Array.IndexOf(Sorts, Sort) + 1) % Sorts.Length];

    /// <summary>The rows to be shown.</summary>
    public IEnumerable<LiveRow> Of(LiveInterval interval)
    {
        var rows = interval.Rows.Where(row => row.Label.ToPrintable().Contains(Filter, StringComparison.OrdinalIgnoreCase));
        return Sort switch
        {
            "calls" => rows.OrderByDescending(row => row.Calls).ThenByDescending(row => row.All.Calls),
            "total" => rows.OrderByDescending(row => row.All.CumulativeTime).ThenByDescending(row => row.All.Calls),
            "name" => rows.OrderBy(row => row.Label.Name, StringComparer.Ordinal),
            _ => rows.OrderByDescending(row => row.Self).ThenByDescending(row => row.Calls).ThenByDescending(row => row.All.TotalTime),
        };
    }
}
