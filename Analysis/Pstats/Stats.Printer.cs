using System.Globalization;

namespace ProfilerWeaver;

public sealed partial class Stats
{
    /// <summary>Prints tables, exactly as pstats does unless the options of the statistics say otherwise; but names are escaped
    /// (<see cref="Printable"/>).</summary>
    sealed class Printer(Stats stats, TextWriter output, Restriction[] restrictions)
    {
        readonly FigureFormat format = stats.Format;
        readonly PrintOptions options = stats.Options;

        public void PrintStats()
        {
            PrintTotals();
            var (rows, _) = Select();
            if (rows.Count == 0)
                return;
            PrintTitle();
            foreach (var row in rows)
                PrintRow(row.Figures, row.Label.ToPrintable());
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
            var callees = ProfilerWeaver.Callees.Of(stats.Rows);
            PrintHeading(width, "called...");
            foreach (var row in rows)
                PrintEdges(width, row.Label, "->", callees.TryGetValue(row.Label, out var called) ? called : []);
            output.WriteLine();
            output.WriteLine();
        }

        public void PrintTree(TreeOptions tree)
        {
            PrintTotals();
            if (!format.HasTimes && tree.Order == SortKey.Cumulative)
                tree = tree with { Order = SortKey.Calls };
            var lines = ContextLines.Of(stats.CallTree, tree, hasTimes: format.HasTimes);
            if (lines.Count == 0)
                return;
            output.WriteLine("   Call tree, ordered by: " + SortOrder.Description(tree.Order, stats.Unit));
            if (format.Note is { } note)
                output.WriteLine(note);
            output.WriteLine();
            PrintTitle();
            var indent = RowTitle().Length + 1;
            foreach (var line in lines)
            {
                if (line.Context is { } context)
                    PrintRow(context.Figures, new string(' ', 2 * line.Depth) + context.Label.ToPrintable() + Waiting(context.Figures));
                else
                    output.WriteLine(new string(' ', indent + 2 * line.Depth) + line.Missing);
            }
            output.WriteLine();
            output.WriteLine();
        }

        void PrintTotals()
        {
            foreach (var file in stats.Files)
                output.WriteLine(Printable.Text(file));
            if (stats.Files.Count > 0)
                output.WriteLine();
            foreach (var label in stats.TopLevel)
                output.WriteLine("         " + Printable.Text(label.Name));
            var primitive = stats.PrimitiveCalls == stats.TotalCalls
                ? ""
                : $" ({Number(stats.PrimitiveCalls)} primitive calls)";
            output.WriteLine($"         {Number(stats.TotalCalls)} function calls{primitive}{format.Sum(stats.TotalTime)}");
            if (options.ShowRun && stats.RunText is { } run)
                output.WriteLine("         " + run);
            output.WriteLine();
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

            if (format.Note is { } note)
                lines.Add(note);
            if (options.MarkDominated && DominatedRows.Note(rows.Select(row => (row.Label, row.Figures))) is { } dominated)
                lines.Add("   " + dominated);
            foreach (var line in lines)
                output.WriteLine(line);
            output.WriteLine();
            var width = 0;
            foreach (var row in rows)
                width = Math.Max(width, PythonText.Length(row.Label.ToPrintable()));
            return (rows, width + 2);
        }

        string RowTitle() => "   ncalls" + (options.ShowResumes ? "  resumes" : "")
            + format.TotalTitle + format.PerCallTitle + format.CumulativeTitle + format.PerCallTitle;

        void PrintTitle() => output.WriteLine(RowTitle() + " filename:lineno(function)");

        void PrintRow(Figures figures, string name)
        {
            output.Write(PythonText.Calls(figures).PadLeft(9));
            PrintResumes(figures);
            PrintTotalTime(figures);
            output.Write(format.PerCall(figures.TotalTime, figures.Calls));
            output.Write(format.Column(figures.CumulativeTime));
            output.Write(format.PerCall(figures.CumulativeTime, figures.PrimitiveCalls));
            output.Write(' ');
            output.WriteLine(name);
        }

        string Waiting(Figures figures) =>
            format.HasTimes && figures.WaitingTime > 0 ? " waiting" + format.Column(figures.WaitingTime) : "";

        void PrintTotalTime(Figures figures) => output.Write(options.MarkDominated && figures.IsDominated
            ? format.Column(DominatedRows.Mark, figures.TotalTime)
            : format.Column(figures.TotalTime));

        void PrintResumes(Figures figures)
        {
            if (options.ShowResumes)
                output.Write(Number(figures.Resumes).PadLeft(9));
        }

        void PrintHeading(int width, string title)
        {
            output.WriteLine("Function ".PadRight(width) + title);
            foreach (var row in stats.RowsInFileOrder)
            {
                if (row.Callers.Count == 0)
                    continue;
                if (row.Callers[0].Value.HasTimes)
                    output.WriteLine(new string(' ', width) + "    ncalls" + (options.ShowResumes ? "  resumes" : "")
                        + format.TotalTitle + format.CumulativeTitle);
                break;
            }
        }

        void PrintEdges(
            int width, MethodLabel label, string arrow, IReadOnlyList<KeyValuePair<MethodLabel, Figures>> edges)
        {
            output.Write(PythonText.PadRight(label.ToPrintable(), width) + arrow + " ");
            if (edges.Count == 0)
            {
                output.WriteLine();
                return;
            }
            var sorted = new List<KeyValuePair<MethodLabel, Figures>>(edges);
            sorted.Sort((left, right) => left.Key.CompareTo(right.Key));
            if (options.EdgeOrder is { } order)
                sorted = [.. SortOrder.Sort(sorted, edge => edge.Key, edge => edge.Value, [order])];
            var count = Math.Min(options.EdgeLimit ?? sorted.Count, sorted.Count);
            for (var i = 0; i < count; i++)
                PrintEdge(sorted[i].Key, sorted[i].Value, width, isFirst: i == 0);
            if (count < sorted.Count)
                output.WriteLine(new string(' ', width + 4) + $"... and {sorted.Count - count} more");
        }

        void PrintEdge(MethodLabel other, Figures figures, int width, bool isFirst)
        {
            if (!figures.HasTimes)
            {
                var time = stats.Find(other)?.CumulativeTime is { } known ? PythonText.Fixed3Wide(known) : "";
                output.WriteLine($"{(isFirst ? "" : new string(' ', width + 3))}{other.ToPrintable()}({Number(figures.Calls)}) {time}");
                return;
            }
            if (!isFirst)
                output.Write(new string(' ', width + 1));
            output.Write(PythonText.Calls(figures).PadLeft(isFirst ? 7 : 9));
            PrintResumes(figures);
            PrintTotalTime(figures);
            output.Write(format.Column(figures.CumulativeTime));
            output.Write("  ");
            output.WriteLine(other.ToPrintable());
        }

        static string Number(long value) => value.ToString(CultureInfo.InvariantCulture);
    }
}
