using System.Globalization;

namespace ProfilerWeaver;

/// <summary>Prints tables exactly as pstats does.</summary>
sealed class StatsPrinter(Stats stats, TextWriter output, Restriction[] restrictions)
{
    const string Indent = "        ";

    public void PrintStats()
    {
        foreach (var file in stats.Files)
            output.WriteLine(file);
        if (stats.Files.Count > 0)
            output.WriteLine();
        foreach (var label in stats.TopLevel)
            output.WriteLine(Indent + " " + label.Name);
        output.WriteLine(Summary());
        output.WriteLine();

        var (rows, _) = Select();
        if (rows.Count == 0)
            return;
        output.WriteLine("   ncalls  tottime  percall  cumtime  percall filename:lineno(function)");
        foreach (var row in rows)
            PrintRow(row);
        output.WriteLine();
        output.WriteLine();
    }

    public void PrintCallers()
    {
        var (rows, width) = Select();
        if (rows.Count == 0)
            return;
        PrintHeading(width, "was called by...");
        foreach (var row in rows)
            PrintEdges(width, row.Label, "<-", row.Callers);
        output.WriteLine();
        output.WriteLine();
    }

    public void PrintCallees()
    {
        var (rows, width) = Select();
        if (rows.Count == 0)
            return;
        var callees = Callees.Of(stats.Rows);
        PrintHeading(width, "called...");
        foreach (var row in rows)
            PrintEdges(width, row.Label, "->", callees.TryGetValue(row.Label, out var called) ? called : []);
        output.WriteLine();
        output.WriteLine();
    }

    string Summary()
    {
        var total = stats.TotalCalls.ToString(CultureInfo.InvariantCulture);
        var primitive = stats.PrimitiveCalls == stats.TotalCalls
            ? ""
            : " (" + stats.PrimitiveCalls.ToString(CultureInfo.InvariantCulture) + " primitive calls)";
        return $"{Indent} {total} function calls{primitive} in {PythonText.Fixed3(stats.TotalTime)} seconds";
    }

    /// <summary>Applies the restrictions and says so; an empty selection is passed over in silence.</summary>
    (IReadOnlyList<MethodStats> Rows, int Width) Select()
    {
        var rows = stats.Rows;
        var lines = new List<string>
        {
            stats.SortDescription is { } order ? "   Ordered by: " + order : "   Random listing order was used",
        };
        foreach (var restriction in restrictions)
        {
            var selected = restriction.Apply(rows);
            if (restriction.IsInvalid)
                lines.Add($"   <Invalid regular expression {restriction}>");
            if (selected.Count != rows.Count)
                lines.Add($"   List reduced from {rows.Count} to {selected.Count} due to restriction <{restriction}>");
            rows = selected;
        }
        if (rows.Count == 0)
            return (rows, 0);

        foreach (var line in lines)
            output.WriteLine(line);
        output.WriteLine();
        var width = 0;
        foreach (var row in rows)
            width = Math.Max(width, PythonText.Length(row.Label.ToString()));
        return (rows, width + 2);
    }

    void PrintRow(MethodStats row)
    {
        output.Write(PythonText.Calls(row.Figures).PadLeft(9));
        output.Write(' ');
        output.Write(PythonText.Fixed3Wide(row.TotalTime));
        output.Write(' ');
        output.Write(PerCall(row.TotalTime, row.Calls));
        output.Write(' ');
        output.Write(PythonText.Fixed3Wide(row.CumulativeTime));
        output.Write(' ');
        output.Write(PerCall(row.CumulativeTime, row.PrimitiveCalls));
        output.Write(' ');
        output.WriteLine(row.Label.ToString());
    }

    static string PerCall(double time, long calls) => calls == 0 ? Indent : PythonText.Fixed3Wide(time / calls);

    void PrintHeading(int width, string title)
    {
        output.WriteLine("Function ".PadRight(width) + title);
        foreach (var row in stats.RowsInFileOrder)
        {
            if (row.Callers.Count == 0)
                continue;
            if (row.Callers[0].Value.HasTimes)
                output.WriteLine(new string(' ', width) + "    ncalls  tottime  cumtime");
            break;
        }
    }

    void PrintEdges(
        int width, MethodLabel label, string arrow, IReadOnlyList<KeyValuePair<MethodLabel, Figures>> edges)
    {
        output.Write(PythonText.PadRight(label.ToString(), width) + arrow + " ");
        if (edges.Count == 0)
        {
            output.WriteLine();
            return;
        }
        var sorted = new List<KeyValuePair<MethodLabel, Figures>>(edges);
        sorted.Sort((left, right) => left.Key.CompareTo(right.Key));
        for (var i = 0; i < sorted.Count; i++)
            PrintEdge(sorted[i].Key, sorted[i].Value, width, isFirst: i == 0);
    }

    void PrintEdge(MethodLabel other, Figures figures, int width, bool isFirst)
    {
        if (!figures.HasTimes)
        {
            var calls = figures.Calls.ToString(CultureInfo.InvariantCulture);
            var time = stats.Find(other)?.CumulativeTime is { } known ? PythonText.Fixed3Wide(known) : "";
            output.WriteLine($"{(isFirst ? "" : new string(' ', width + 3))}{other}({calls}) {time}");
            return;
        }
        if (!isFirst)
            output.Write(new string(' ', width + 1));
        output.Write(PythonText.Calls(figures).PadLeft(isFirst ? 7 : 9));
        output.Write(' ');
        output.Write(PythonText.Fixed3Wide(figures.TotalTime));
        output.Write(' ');
        output.Write(PythonText.Fixed3Wide(figures.CumulativeTime));
        output.Write("  ");
        output.WriteLine(other.ToString());
    }
}
