using System.Globalization;
using Spectre.Console;

namespace ProfilerWeaver.Tool;

/// <summary>The call tree for people at a terminal.</summary>
static class TerminalTree
{
    /// <summary>How many levels are printed at a terminal, and elsewhere unless more are asked for: nobody can follow a deeper
    /// branch by eye.</summary>
    public const int MaximumDepth = 100;

    const int GuideWidth = 4;
    const int ShortestName = 12;

    public static void Write(Stats stats, TreeOptions options, IAnsiConsole console)
    {
        foreach (var file in stats.Files)
            console.WriteLine(Printable.Text(file));
        var heat = new Heat(stats.TotalTime);
        var format = stats.Format;
        var tree = new Tree(new Markup(string.Create(CultureInfo.InvariantCulture, $"[bold]{stats.TotalCalls:N0}[/] function calls") +
            format.Sum(stats.TotalTime)));
        Add(tree, stats.CallTree, 1);
        console.Write(tree);

        void Add(IHasTreeNodes parent, IReadOnlyList<CallContext> contexts, int depth)
        {
            if (depth > Math.Min(options.Depth ?? MaximumDepth, MaximumDepth))
            {
                if (contexts.Count > 0)
                    parent.AddNode(new Text("…", new Style(Color.Grey)));
                return;
            }
            var shown = SortOrder.Sort(contexts, context => context.Label, context => context.Figures, [options.Order])
                .Where(context => Share(context) >= options.MinimumShare).Take(options.Limit ?? int.MaxValue).ToList();
            foreach (var context in shown)
                Add(parent.AddNode(Line(context, console.Profile.Width - GuideWidth * depth)), context.Callees, depth + 1);
            if (shown.Count < contexts.Count)
                parent.AddNode(new Text($"… {contexts.Count - shown.Count} more", new Style(Color.Grey)));
        }

        double Share(CallContext context) => format.HasTimes
            ? context.CumulativeTime / stats.TotalTime
            : (double)context.Calls / stats.TotalCalls;

        Paragraph Line(CallContext context, int width)
        {
            var isExternal = context.Label.IsExternal;
            var share = format.HasTimes ? $"{Share(context) * 100,5:F1}%{format.Column(context.CumulativeTime)}  " : "";
            var isDominated = context.Figures.IsDominated;
            var calls = PythonText.Calls(context.Figures) + "× " + (isDominated ? DominatedRows.Mark : "");
            var name = Printable.Text(NameLookup.BareName(context.Label));
            var place = context.Label.Line > 0 ? $"  {Printable.Text(Path.GetFileName(context.Label.File))}:{context.Label.Line}" : "";
            var waiting = context.Figures.WaitingTime > 0 ? $"  waiting{format.Column(context.Figures.WaitingTime)}" : "";
            var room = Math.Max(width - share.Length - calls.Length - place.Length - waiting.Length, ShortestName);
            if (name.Length > room)
                name = "…" + name[^(room - 1)..];
            return new Paragraph()
                .Append(share, isDominated ? Heat.Dim : heat.StyleOf(context.CumulativeTime))
                .Append(calls, new Style(Color.Grey))
                .Append(name, isDominated ? Heat.Dim : isExternal ? new Style(Color.Grey) : Style.Plain)
                .Append(place + waiting, new Style(Color.Grey));
        }
    }
}
