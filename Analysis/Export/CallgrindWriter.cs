using System.Globalization;
using System.Text;

namespace ProfilerWeaver;

/// <summary>
/// Callgrind's format: for each method its own cost, and for each that it calls the exact number of calls and their inclusive cost.
/// A text has one number everywhere, by which it is known after it was written once.
/// </summary>
sealed class CallgrindWriter : IProfileWriter
{
    const string Outside = "(outside)";

    public void Write(ExportedProfile profile, Stream output)
    {
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        new Costs(profile, text).Write();
    }

    sealed class Costs(ExportedProfile profile, StreamWriter text)
    {
        readonly IReadOnlyList<MethodStats> rows = profile.Rows;
        readonly NumberedTexts names = new();
        readonly NumberedTexts files = new();
        readonly HashSet<(string, string)> ambiguous = Ambiguous(profile.Rows);

        public void Write()
        {
            var unit = profile.Stats.Unit;
            var name = unit == ClockUnit.None ? "calls" : ExportMetric.Time.UnitFor(unit);
            Line($"# callgrind format");
            Line($"version: 1");
            Line($"creator: ProfilerWeaver");
            Line($"cmd: {Printable.Text(profile.Program)}");
            Line($"positions: line");
            Line($"events: {name}");
            Line($"summary: {rows.Sum(row => Own(row))}");
            var callees = Callees.Of(rows);
            foreach (var row in rows)
            {
                Line($"");
                Position("", row.Label);
                Line($"{row.Label.Line} {Own(row)}");
                if (callees.TryGetValue(row.Label, out var called))
                {
                    foreach (var (callee, figures) in called)
                        WriteCalls(row.Label, callee, figures.Calls, Inclusive(figures));
                }
            }
            WriteOutside();
        }

        // What calls the methods that no other one calls.
        void WriteOutside()
        {
            var outside = MethodLabel.External(Outside);
            Line($"");
            Position("", outside);
            Line($"0 0");
            foreach (var row in rows)
            {
                var calls = row.Calls - row.Callers.Sum(caller => caller.Value.Calls);
                WriteCalls(outside, row.Label, calls, Math.Max(0, Inclusive(row.Figures) - row.Callers.Sum(caller => Inclusive(caller.Value))));
            }
        }

        // callgrind_annotate takes what follows no calls for the caller's own cost; so what was only resumed is left out.
        void WriteCalls(MethodLabel caller, MethodLabel callee, long calls, long inclusive)
        {
            if (calls <= 0)
                return;
            Position("c", callee);
            Line($"calls={calls} {callee.Line}");
            Line($"{caller.Line} {inclusive}");
        }

        void Position(string prefix, MethodLabel label)
        {
            var file = ExportedProfile.FileOf(label) ?? "???";
            var name = ExportedProfile.NameOf(label);
            // Methods of one name and file would be one.
            if (ambiguous.Contains((file, name)))
                name += string.Create(CultureInfo.InvariantCulture, $":{label.Line}");
            Line($"{prefix}fl={Numbered(files, file)}");
            Line($"{prefix}fn={Numbered(names, name)}");
        }

        static string Numbered(NumberedTexts table, string name)
        {
            var known = table.Texts.Count;
            var number = table.Of(name);
            return number < known ? $"({number + 1})" : $"({number + 1}) {name}";
        }

        long Own(MethodStats row) => profile.Stats.Unit == ClockUnit.None ? row.Calls : Whole(row.TotalTime);

        long Inclusive(Figures figures) => profile.Stats.Unit == ClockUnit.None ? figures.Calls : Whole(figures.CumulativeTime);

        long Whole(double time) =>
            double.IsFinite(time) ? (long)Math.Round(Math.Max(0, time) * (profile.Stats.Unit == ClockUnit.Seconds ? 1e9 : 1)) : 0;

        static HashSet<(string, string)> Ambiguous(IReadOnlyList<MethodStats> rows) =>
        [
            .. rows.GroupBy(row => (ExportedProfile.FileOf(row.Label) ?? "???", ExportedProfile.NameOf(row.Label)))
                .Where(same => same.Count() > 1).Select(same => same.Key),
        ];

        void Line(FormattableString line) => text.Write(line.ToString(CultureInfo.InvariantCulture) + "\n");
    }
}
