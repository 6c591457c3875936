using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProfilerWeaver.Tool;

/// <summary>An interval as text and for programs.</summary>
static class LiveOutput
{
    /// <summary>The titles of <see cref="Cells"/>.</summary>
    public static string[] Titles => ["calls/s", "self", "share", "calls", "total"];

    /// <summary>The figures of a row: of the interval, then since the recording began.</summary>
    public static string[] Cells(LiveInterval interval, LiveRow row, ClockUnit unit) =>
    [
        (row.Calls / interval.Seconds).ToString("N0", CultureInfo.InvariantCulture), Time(row.Self, unit),
        unit == ClockUnit.None ? "" : row.Share.ToString("P1", CultureInfo.InvariantCulture),
        row.All.Calls.ToString("N0", CultureInfo.InvariantCulture), Time(row.All.CumulativeTime, unit),
    ];

    /// <summary>Prints a table.</summary>
    public static void WriteText(LiveInterval interval, IEnumerable<LiveRow> rows, ClockUnit unit)
    {
        var table = new TextTable([.. Titles.Select(title => new TextColumn(title, IsNumber: true)), new("function")]);
        foreach (var row in rows)
            table.Add([.. Cells(interval, row, unit), row.Label.ToPrintable()]);
        table.Write();
    }

    /// <summary>Prints JSON; times are in the profile's unit.</summary>
    public static void WriteJson(Reading now, LiveInterval interval, IEnumerable<LiveRow> rows) => StandardOutput.Do(() =>
    {
        using var output = Console.OpenStandardOutput();
        using (var json = new Utf8JsonWriter(output, new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("program", now.Program);
            json.WriteNumber("seconds", interval.Seconds);
            json.WriteNumber("calls", interval.Calls);
            json.WriteStartArray("rows");
            foreach (var row in rows)
            {
                json.WriteStartObject();
                json.WriteString("function", row.Label.Name);
                json.WriteString("file", row.Label.File);
                json.WriteNumber("line", row.Label.Line);
                json.WriteNumber("calls", row.Calls);
                json.WriteNumber("self", row.Self);
                json.WriteNumber("share", row.Share);
                json.WriteNumber("allCalls", row.All.Calls);
                json.WriteNumber("allSelf", row.All.TotalTime);
                json.WriteNumber("allTotal", row.All.CumulativeTime);
                json.WriteEndObject();
            }
            json.WriteEndArray();
            json.WriteEndObject();
        }
        output.Write("\n"u8);
    });

    static string Time(double value, ClockUnit unit) => unit switch
    {
        ClockUnit.None => "",
        ClockUnit.Bytes => AutoUnits.Bytes(value),
        ClockUnit.Samples => value.ToString("F0", CultureInfo.InvariantCulture),
        _ => AutoUnits.Seconds(value),
    };
}
