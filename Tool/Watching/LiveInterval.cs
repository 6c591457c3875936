using System.Diagnostics;

namespace ProfilerWeaver.Tool;

/// <summary>What was called between two readings.</summary>
/// <param name="Seconds">How long that was.</param>
/// <param name="Rows">The methods, in no order; also those that were called only before.</param>
sealed record LiveInterval(double Seconds, IReadOnlyList<LiveRow> Rows)
{
    public long Calls => Rows.Sum(row => row.Calls);

    /// <summary>The difference of two readings.</summary>
    public static LiveInterval Between(Reading before, Reading now)
    {
        var seconds = Stopwatch.GetElapsedTime(before.Instant, now.Instant).TotalSeconds;
        var rows = new List<(MethodLabel Label, long Calls, double Self, Figures All)>();
        foreach (var (label, figures) in now.Rows)
        {
            var (calls, self) = before.Rows.TryGetValue(label, out var earlier) ? (earlier.Calls, earlier.TotalTime) : default;
            // What recording adds is known better the longer it lasts, so that times may shrink a little.
            rows.Add((label, Math.Max(0, figures.Calls - calls), Math.Max(0, figures.TotalTime - self), figures));
        }
        var sum = rows.Sum(row => row.Self);
        return new(seconds, [.. rows.Select(row => new LiveRow(row.Label, row.Calls, row.Self, sum > 0 ? row.Self / sum : 0, row.All))]);
    }
}

/// <summary>A method in an interval.</summary>
/// <param name="Label">The method.</param>
/// <param name="Calls">How often it was called.</param>
/// <param name="Self">The time in the method itself.</param>
/// <param name="Share">The part of the time of all methods.</param>
/// <param name="All">Its figures since the recording began.</param>
sealed record LiveRow(MethodLabel Label, long Calls, double Self, double Share, Figures All);
