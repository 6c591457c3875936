using System.Globalization;

namespace ProfilerWeaver;

/// <summary>How the figures of a table are written: in pstats' way for seconds, otherwise in the unit that was chosen or
/// that the profile counts.</summary>
sealed class FigureFormat
{
    const int PstatsWidth = 8;

    // A time of ten samples is mostly right to a third (Poisson); one of fewer says no more than that it is short.
    const int FewestSamples = 10;

    readonly Func<double, string> format;
    readonly Func<double, string> formatPerCall;
    readonly int width;

    // Sampled times below it are not told; 0: all are.
    readonly double least;

    /// <param name="rows">What is to be printed.</param>
    /// <param name="unit">What the profile counts.</param>
    /// <param name="timeUnit">What times are printed in.</param>
    public FigureFormat(IReadOnlyList<MethodStats> rows, ClockUnit unit, TimeUnit timeUnit)
    {
        HasTimes = unit != ClockUnit.None;
        IsBytes = unit == ClockUnit.Bytes;
        IsSamples = unit == ClockUnit.Samples;
        (format, UnitName) = (unit, timeUnit) switch
        {
            (ClockUnit.Bytes, TimeUnit.Auto) => (AutoUnits.Bytes, ""),
            (ClockUnit.Bytes, _) => (value => value.ToString("F0", CultureInfo.InvariantCulture), " bytes"),
            (ClockUnit.Samples, _) => (value => value.ToString("F0", CultureInfo.InvariantCulture), " samples"),
            (_, TimeUnit.Auto) => (AutoUnits.Seconds, ""),
            (_, TimeUnit.Milliseconds) => (value => PythonText.Fixed3(value * 1e3), " milliseconds"),
            (_, TimeUnit.Microseconds) => (value => PythonText.Fixed3(value * 1e6), " microseconds"),
            _ => ((Func<double, string>)PythonText.Fixed3, " seconds"),
        };
        formatPerCall = IsSamples || IsBytes && timeUnit != TimeUnit.Auto
            ? value => value.ToString("F1", CultureInfo.InvariantCulture)
            : format;
        // What is printed in Python's way is what Python prints.
        least = IsSamples || UnitName == " seconds" ? 0 : FewestSamples * TimeOfSample(rows);
        width = UnitName == " seconds" ? PstatsWidth : Widest(rows);
    }

    /// <summary>Whether there is anything to print but calls.</summary>
    public bool HasTimes { get; }

    bool IsBytes { get; }

    bool IsSamples { get; }

    /// <summary>The unit with a space before it; empty where each figure has its own.</summary>
    string UnitName { get; }

    /// <summary>The line that tells the unit in tables without totals; null where the figures tell themselves.</summary>
    public string? Note => HasTimes && !IsBytes && !IsSamples && UnitName is not ("" or " seconds")
        ? "   Times are in" + UnitName
        : null;

    public string TotalTitle => Title("tot" + Quantity);

    public string CumulativeTitle => Title("cum" + Quantity);

    public string PerCallTitle => Title("percall");

    /// <summary>The title of another column of times.</summary>
    public string ColumnTitle(string title) => Title(title);

    /// <summary>What follows the number of calls in the line of totals.</summary>
    public string Sum(double total) =>
        !HasTimes ? ""
        : IsBytes ? $" with {format(total)}{UnitName} allocated"
        : $" in {format(total)}{UnitName}";

    public string Column(double value) => Pad(Text(value));

    /// <summary>A value of a column with a mark before it, which takes no room of the next one.</summary>
    public string Column(string mark, double value) => HasTimes ? (mark + Text(value)).PadLeft(width + 1) : "";

    public string PerCall(double value, long calls) => Pad(
        calls == 0 ? ""
        : IsUntold(value) ? "<" + formatPerCall(least / calls)
        : formatPerCall(value / calls));

    string Quantity => IsBytes ? "bytes" : IsSamples ? "samples" : "time";

    string Title(string title) => HasTimes ? Pad(title) : "";

    string Text(double value) => IsUntold(value) ? "<" + format(least) : format(value);

    bool IsUntold(double value) => least > 0 && value < least;

    string Pad(string text) => HasTimes ? " " + text.PadLeft(width) : "";

    int Widest(IReadOnlyList<MethodStats> rows)
    {
        var widest = PstatsWidth;
        foreach (var row in rows)
            widest = Math.Max(widest, Math.Max(Text(row.TotalTime).Length, Text(row.CumulativeTime).Length));
        return widest;
    }

    // What a sample stands for, on the average; 0 if the profile has none.
    static double TimeOfSample(IReadOnlyList<MethodStats> rows)
    {
        var (time, samples) = (0.0, 0L);
        foreach (var row in rows)
            (time, samples) = (time + row.TotalTime, samples + row.Samples);
        return samples == 0 ? 0 : time / samples;
    }
}
