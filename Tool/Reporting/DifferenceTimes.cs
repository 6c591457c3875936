using System.Globalization;

namespace ProfilerWeaver.Tool;

/// <summary>The times of a difference that are worth a line.</summary>
static class DifferenceTimes
{
    const double LeastShare = 0.01;

    /// <summary>The methods whose own time changed by at least a hundredth of all time: with several runs on both sides those of which
    /// it is significant, the largest change first.</summary>
    public static IReadOnlyList<MethodDifference> Of(ProfileDifference difference)
    {
        if (difference.Unit == ClockUnit.None)
            return [];
        var least = LeastShare * difference.Methods.Sum(method => Math.Max(method.Self.Before.Median, method.Self.After.Median));
        return
        [
            .. difference.Methods.Where(method => Math.Abs(method.Self.Difference) is > 0 and var change && change >= least)
                .Where(method => !method.Self.CanBeTested || method.Self.IsSignificant)
                .OrderByDescending(method => Math.Abs(method.Self.Difference)),
        ];
    }

    /// <summary>The cells of a row: both medians, the change, what a test says of it, and the name.</summary>
    public static string[] Cells(MethodDifference method, ClockUnit unit)
    {
        var self = method.Self;
        var change = self.Before.Median > 0
            ? string.Format(CultureInfo.InvariantCulture, "{0:+0.0;-0.0;0.0} %", 100 * self.Difference / self.Before.Median)
            : "";
        return [Time(self.Before, unit), Time(self.After, unit), change, Probability(self), Printable.Text(method.Name)];
    }

    /// <summary>What the table says of itself.</summary>
    public static string Note(ProfileDifference difference, int left)
    {
        var more = left > 0 ? $"... and {CallText.Number(left)} more. " : "";
        return difference is { RunsBefore: > 1, RunsAfter: > 1 }
            ? $"{more}Medians of {difference.RunsBefore} and {difference.RunsAfter} runs, with the 95 % interval from six runs on; changes " +
                "of which chance is no good explanation (Mann–Whitney U, p < 0.05)."
            : $"{more}1 run says nothing of the next: these times may differ by chance. Give several files: --base A --base B NEW...";
    }

    static string Probability(TimeChange change) =>
        change.CanBeTested ? change.Probability.ToString("0.000", CultureInfo.InvariantCulture) : "1 run";

    static string Time(RunTimes times, ClockUnit unit) =>
        times.Interval is { } interval && interval.Most > interval.Least
            ? $"{Text(times.Median, unit)} [{Text(interval.Least, unit)}, {Text(interval.Most, unit)}]"
            : Text(times.Median, unit);

    static string Text(double value, ClockUnit unit) => unit switch
    {
        ClockUnit.Bytes => AutoUnits.Bytes(value),
        ClockUnit.Samples => value.ToString("0", CultureInfo.InvariantCulture),
        _ => AutoUnits.Seconds(value),
    };
}
