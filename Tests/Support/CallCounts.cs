namespace ProfilerWeaver.Tests.Support;

/// <summary>The counts in a <c>.prof</c> file, a line each row: <c>Name calls/primitive &lt; Caller calls/primitive,
/// ...</c>. The namespace of the scenarios is left out.</summary>
static class CallCounts
{
    const string Script = """
        import pstats, sys
        def text(label, nc, cc):
            return '%s %d/%d' % (label[2].replace('Scenarios.', ''), nc, cc)
        for label, (cc, nc, tt, ct, callers) in pstats.Stats(sys.argv[1]).stats.items():
            edges = sorted(text(caller, edge[0], edge[1]) for caller, edge in callers.items())
            print(text(label, nc, cc) + (' < ' + ', '.join(edges) if edges else ''))
        """;

    /// <summary>What <see cref="Stats"/> reads, after making sure that CPython's pstats reads the same.</summary>
    public static string[] In(string path)
    {
        var here = Of(new Stats(path));
        var there = CPython.Latest.Run(Script, path).TrimEnd().Split('\n');
        Assert.That(there, Is.EqualTo(here), "what pstats reads");
        return here;
    }

    /// <summary>The lines of <paramref name="rows"/>.</summary>
    public static string[] Of(IEnumerable<MethodStats> rows) => rows.Select(Line).ToArray();

    static string Line(MethodStats row)
    {
        var callers = row.Callers.Select(caller => Text(caller.Key, caller.Value)).ToArray();
        Array.Sort(callers, StringComparer.Ordinal);
        return Text(row.Label, row.Figures) + (callers.Length == 0 ? "" : " < " + string.Join(", ", callers));
    }

    static string Text(MethodLabel label, Figures figures) =>
        $"{label.Name.Replace("Scenarios.", "", StringComparison.Ordinal)} {figures.Calls}/{figures.PrimitiveCalls}";
}
