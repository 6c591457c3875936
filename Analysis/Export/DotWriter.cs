using System.Globalization;
using System.Text;

namespace ProfilerWeaver;

/// <summary>The call graph for graphviz: methods coloured by their share of the time, edges with the number of calls. The exact
/// figures are in the tooltips.</summary>
sealed class DotWriter : IProfileWriter
{
    // From pale to strong, and from yellow to red.
    const double PaleSaturation = 0.05, StrongSaturation = 0.75, ColdHue = 0.14;

    public void Write(ExportedProfile profile, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        var rows = profile.Rows;
        var stats = profile.Stats;
        var hasTimes = stats.Unit != ClockUnit.None;
        var numbers = new Dictionary<MethodLabel, int>();
        foreach (var row in rows)
            numbers[row.Label] = numbers.Count;
        var total = hasTimes ? stats.TotalTime : stats.TotalCalls;
        var title = $"{Printable.Text(profile.Program)}\n{stats.TotalCalls:N0} calls{(hasTimes ? " in " + Time(stats.TotalTime) : "")}";
        Line($"digraph profile {{");
        Line($"  graph [label={Quoted(title.Trim())}, labelloc=t, fontname=\"sans-serif\"];");
        Line($"  node [shape=box, style=filled, fontname=\"sans-serif\"];");
        Line($"  edge [fontname=\"sans-serif\", color=\"#666666\"];");
        foreach (var row in rows)
        {
            var name = ExportedProfile.NameOf(row.Label);
            var share = total > 0 ? Math.Clamp((hasTimes ? row.TotalTime : row.Calls) / total, 0, 1) : 0;
            var times = hasTimes ? $"\nself {Time(row.TotalTime)} ({share:P1}), total {Time(row.CumulativeTime)}" : "";
            Line($"  n{numbers[row.Label]} [label={Quoted($"{name}\n{row.Calls:N0} calls{times}")}, fillcolor=\"{Colour(share)}\", tooltip={Quoted(Exact(row.Label.ToPrintable(), row.Figures))}];");
        }
        foreach (var row in rows)
        {
            foreach (var (caller, figures) in row.Callers)
            {
                if (numbers.TryGetValue(caller, out var from))
                    Line($"  n{from} -> n{numbers[row.Label]} [label=\"{figures.Calls:N0}\", tooltip={Quoted(Exact(caller.ToPrintable() + " -> " + row.Label.ToPrintable(), figures))}];");
            }
        }
        Line($"}}");

        string Time(double value) => stats.Unit == ClockUnit.Bytes ? AutoUnits.Bytes(value) : AutoUnits.Seconds(value);

        void Line(FormattableString line) => text.Write(line.ToString(CultureInfo.InvariantCulture) + "\n");
    }

    static string Exact(string label, Figures figures) =>
        string.Create(CultureInfo.InvariantCulture, $"{label}: {figures.Calls} calls, self {figures.TotalTime:R}, total {figures.CumulativeTime:R}");

    static string Colour(double share) => string.Create(CultureInfo.InvariantCulture,
        $"{ColdHue * (1 - Math.Sqrt(share)):F3} {PaleSaturation + (StrongSaturation - PaleSaturation) * Math.Sqrt(share):F3} 1.000");

    static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal) + "\"";
}
