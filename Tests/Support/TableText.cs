using System.Globalization;

namespace ProfilerWeaver.Tests;

/// <summary>All of a flat table as text, to the last bit, in the same form here and in every Python.</summary>
static class TableText
{
    /// <summary>A Python function <c>table_text</c> that takes the dictionary of a profile.</summary>
    public const string PythonFunction = """
        import binascii, struct, sys

        def text(value):
            if isinstance(value, bytes):
                value = value.decode('utf-8')
            if sys.version_info[0] == 2:
                units = value.encode('utf-16-be')
            else:
                units = value.encode('utf-16-be', 'surrogatepass')
            return binascii.hexlify(units).decode('ascii')

        def time(value):
            return binascii.hexlify(struct.pack('>d', value)).decode('ascii')

        def label(key):
            return '%s %d %s' % (text(key[0]), key[1], text(key[2]))

        def table_text(stats):
            lines = []
            for key, (cc, nc, tt, ct, callers) in stats.items():
                lines.append('%s: %d %d %s %s' % (label(key), nc, cc, time(tt), time(ct)))
                for caller, share in callers.items():
                    if isinstance(share, tuple):
                        share = '%d %d %s %s' % (share[0], share[1], time(share[2]), time(share[3]))
                    lines.append('%s < %s: %s' % (label(key), label(caller), share))
            return '\n'.join(sorted(lines))

        """;

    public static string Of(IEnumerable<MethodStats> rows)
    {
        var lines = new List<string>();
        foreach (var row in rows)
        {
            lines.Add($"{Label(row.Label)}: {Share(row.Figures)}");
            foreach (var caller in row.Callers)
                lines.Add($"{Label(row.Label)} < {Label(caller.Key)}: {Share(caller.Value)}");
        }
        lines.Sort(StringComparer.Ordinal);
        return string.Join('\n', lines);
    }

    static string Label(MethodLabel label) => $"{Text(label.File)} {label.Line} {Text(label.Name)}";

    static string Share(Figures figures) => figures.HasTimes
        ? $"{figures.Calls} {figures.PrimitiveCalls} {Time(figures.TotalTime)} {Time(figures.CumulativeTime)}"
        : figures.Calls.ToString(CultureInfo.InvariantCulture);

    static string Text(string text) =>
        string.Concat(text.Select(unit => ((int)unit).ToString("x4", CultureInfo.InvariantCulture)));

    static string Time(double time) =>
        BitConverter.DoubleToInt64Bits(time).ToString("x16", CultureInfo.InvariantCulture);
}
