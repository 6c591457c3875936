using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProfilerWeaver.Tool;

/// <summary>Tables for other programs, and for pages of documentation. Times are in seconds, or whatever the profile
/// counts, and not rounded.</summary>
static class MachineFormats
{
    const int MostPending = 1 << 20;

    static readonly string[] Label = ["file", "line", "name"];

    public static void WriteJson(ReportRequest request, Stream output)
    {
        var columns = FigureColumn.ForJson(request).ToArray();
        // A tree can be so deep that its indentation would be nearly all of the text.
        using var json = new Utf8JsonWriter(output, new()
        {
            Indented = request.Content != ReportContent.Tree,
            MaxDepth = int.MaxValue,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        json.WriteStartObject();
        json.WriteNumber("calls", request.Stats.TotalCalls);
        json.WriteNumber("primitiveCalls", request.Stats.PrimitiveCalls);
        json.WriteString("unit", request.Stats.Unit switch
        {
            ClockUnit.Bytes => "bytes",
            ClockUnit.None => "none",
            ClockUnit.Samples => "samples",
            _ => "seconds",
        });
        WriteTime("total", request.Stats.TotalTime);
        if (request.Stats.OnlyRecording is { } recording)
            WriteRun(recording);
        if (request.Content == ReportContent.Tree)
            WriteContexts("tree", request.Stats.CallTree);
        else
            WriteMethods();
        json.WriteEndObject();

        void WriteRun(ProfileData run)
        {
            json.WriteStartObject("run");
            json.WriteString("program", run.Program);
            json.WriteString("started", run.StartedUtc.ToString("O", CultureInfo.InvariantCulture));
            json.WriteNumber("elapsed", run.Duration.TotalSeconds);
            json.WriteNumber("threads", run.ThreadCount);
            json.WriteString("clock", run.Clock);
            json.WriteNumber("jit", run.JitTime.TotalSeconds);
            json.WriteNumber("gc", run.GcPauseTime.TotalSeconds);
            if (run.TicksLeftOut is { } ticks)
                json.WriteNumber("waitsLeftOut", ticks * run.SecondsPerTick);
            foreach (var (name, value) in run.Environment)
                json.WriteString(name, value);
            json.WriteEndObject();
        }

        void WriteMethods()
        {
            var callees = request.Content == ReportContent.Callees ? Callees.Of(request.Stats.Rows) : null;
            json.WriteStartArray("methods");
            foreach (var row in request.Rows())
            {
                json.WriteStartObject();
                WriteMethod(row.Label, row.Figures);
                WriteEdges("callers", row.Callers);
                if (callees is not null)
                    WriteEdges("callees", callees.TryGetValue(row.Label, out var called) ? called : []);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }

        // A tree can be deeper than the stack: what is left of each level waits in a stack of its own.
        void WriteContexts(string name, IReadOnlyList<CallContext> contexts)
        {
            var levels = new Stack<IEnumerator<CallContext>>();
            json.WriteStartArray(name);
            levels.Push(contexts.GetEnumerator());
            while (levels.Count > 0)
            {
                if (json.BytesPending > MostPending)
                    json.Flush();
                if (levels.Peek().MoveNext())
                {
                    json.WriteStartObject();
                    WriteMethod(levels.Peek().Current.Label, levels.Peek().Current.Figures);
                    json.WriteStartArray("callees");
                    levels.Push(levels.Peek().Current.Callees.GetEnumerator());
                    continue;
                }
                levels.Pop().Dispose();
                json.WriteEndArray();
                if (levels.Count > 0)
                    json.WriteEndObject();
            }
        }

        void WriteEdges(string name, IReadOnlyList<KeyValuePair<MethodLabel, Figures>> edges)
        {
            json.WriteStartArray(name);
            foreach (var (other, figures) in edges)
            {
                json.WriteStartObject();
                WriteMethod(other, figures);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }

        void WriteMethod(MethodLabel label, Figures figures) => MachineFormats.WriteMethod(json, label, figures, columns);

        void WriteTime(string name, double time) => MachineFormats.WriteTime(json, name, time);
    }

    /// <summary>Writes the properties of a method, or of a context, into the current object.</summary>
    public static void WriteMethod(Utf8JsonWriter json, MethodLabel label, Figures figures, IEnumerable<FigureColumn> columns)
    {
        json.WriteString("name", label.Name);
        json.WriteString("file", label.File);
        json.WriteNumber("line", label.Line);
        json.WriteString("kind", KindOf(label));
        if (label.Type is { } type)
        {
            json.WriteString("type", type);
            json.WriteString("assembly", label.Assembly);
        }
        foreach (var column in columns)
        {
            if (column.Time is { } time)
                WriteTime(json, column.Name, time(figures));
            else if (column.Flag is { } flag)
                json.WriteBoolean(column.Name, flag(figures));
            else
                json.WriteNumber(column.Name, column.Count!(figures));
        }
    }

    static string KindOf(in MethodLabel label) => label.Kind switch
    {
        MethodKind.Async => "async",
        MethodKind.Iterator => "iterator",
        MethodKind.External => "external",
        MethodKind.Scope => "scope",
        _ => "method",
    };

    // JSON has no numbers for what a file of another program may hold.
    static void WriteTime(Utf8JsonWriter json, string name, double time)
    {
        if (double.IsFinite(time))
            json.WriteNumber(name, time);
        else
            json.WriteNull(name);
    }

    /// <summary>Writes comma-separated values (RFC 4180).</summary>
    public static void WriteCsv(ReportRequest request, TextWriter output)
    {
        foreach (var row in Table(request, FigureColumn.ForPrograms(request), Text))
            output.Write(string.Join(',', row.Select(Quoted)) + "\r\n");

        static string Text(FigureColumn column, Figures figures) =>
            column.Time is { } time ? time(figures).ToString("R", CultureInfo.InvariantCulture)
            : column.Flag is { } flag ? flag(figures) ? "true" : "false"
            : Number(column.Count!(figures));
    }

    /// <summary>Writes a table of Markdown.</summary>
    public static void WriteMarkdown(ReportRequest request, TextWriter output)
    {
        var isFirst = true;
        foreach (var row in Table(request, FigureColumn.ForPrograms(request).Where(column => column.Flag is null), Text))
        {
            output.WriteLine("| " + string.Join(" | ", row.Select(Escaped)) + " |");
            if (isFirst)
                output.WriteLine("|" + string.Concat(row.Select(cell => IsNumber(cell) ? " ---: |" : " --- |")));
            isFirst = false;
        }

        static string Text(FigureColumn column, Figures figures) =>
            column.Time is not { } time ? Number(column.Count!(figures))
            : (column.IsMarked && figures.IsDominated ? DominatedRows.Mark : "") + time(figures).ToString("F3", CultureInfo.InvariantCulture);
    }

    static bool IsNumber(string heading) => heading == "line" || Array.Exists(FigureColumn.All, column => column.Name == heading);

    static IEnumerable<string[]> Table(ReportRequest request, IEnumerable<FigureColumn> all, Func<FigureColumn, Figures, string> text)
    {
        var columns = all.ToArray();
        var titles = columns.Select(column => column.Name).ToArray();
        if (request.Content == ReportContent.Methods)
        {
            yield return [.. titles, .. Label];
            foreach (var row in request.Rows())
                yield return [.. Numbers(row.Figures), .. Cells(row.Label)];
            yield break;
        }
        var other = request.Content == ReportContent.Callers ? "caller" : "callee";
        yield return [.. titles, .. Label, .. Label.Select(name => $"{other} {name}")];
        foreach (var (method, others) in request.Edges())
        {
            foreach (var (label, figures) in others)
                yield return [.. Numbers(figures), .. Cells(method), .. Cells(label)];
        }

        IEnumerable<string> Numbers(Figures figures) => columns.Select(column => text(column, figures));
    }

    static string[] Cells(MethodLabel label) => [label.File, Number(label.Line), label.Name];

    static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    static string Quoted(string cell) => cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"")}\"";

    /// <summary>A text on one line that is no markup of Markdown.</summary>
    public static string Escaped(string cell)
    {
        var escaped = new StringBuilder();
        foreach (var character in Printable.Text(cell))
        {
            if (@"\|<>*_`[]&~".Contains(character))
                escaped.Append('\\');
            escaped.Append(character);
        }
        return escaped.ToString();
    }
}
