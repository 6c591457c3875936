using System.Globalization;
using System.Text;

namespace ProfilerWeaver;

/// <summary>
/// Collapsed stacks, which flame graph tools read: a line for each context, the names from the outermost method to its own with
/// <c>;</c> between them, a space, and a whole number. What would be taken for one of these is written as in a URL.
/// </summary>
sealed class CollapsedWriter : IProfileWriter
{
    public void Write(ExportedProfile profile, Stream output)
    {
        var names = profile.Methods.Select(label => Escape(ExportedProfile.NameOf(label))).ToArray();
        using var text = new StreamWriter(output, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        foreach (var thread in profile.Threads)
            thread.Tree.Visit(new Lines(names, profile.Options.Metric, thread, text));
    }

    static string Escape(string name) => name.Replace("%", "%25", StringComparison.Ordinal)
        .Replace(";", "%3B", StringComparison.Ordinal).Replace(" ", "%20", StringComparison.Ordinal);

    sealed class Lines(string[] names, ExportMetric metric, ExportedThread thread, StreamWriter text) : ContextSink
    {
        readonly WholeNumbers numbers = thread.NumbersOf(metric);
        readonly StringBuilder path = new();
        readonly Stack<int> lengths = new();

        public override void Enter(int method, in ContextFigures figures)
        {
            lengths.Push(path.Length);
            if (method < 0)
                return;
            path.Append(path.Length == 0 ? "" : ";").Append(names[method]);
            if (numbers.Next(metric.Of(figures)) is > 0 and var number)
                text.Write(string.Create(CultureInfo.InvariantCulture, $"{path} {number}\n"));
        }

        public override void Leave() => path.Length = lengths.Pop();
    }
}
