using System.Text.Encodings.Web;
using System.Text.Json;

namespace ProfilerWeaver.Tool;

/// <summary>Writes the call tree as JSON lines: an object for each context, after that of the context it was entered from.</summary>
sealed class JsonLinesWriter : IProfileWriter
{
    public void Write(ExportedProfile profile, Stream output)
    {
        using var json = new Utf8JsonWriter(output, new()
        {
            SkipValidation = true,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        });
        var lines = new Lines(profile.Methods, json, output);
        foreach (var thread in profile.Threads)
            lines.Write(thread);
    }

    sealed class Lines(IReadOnlyList<MethodLabel> methods, Utf8JsonWriter json, Stream output) : ContextSink
    {
        readonly FigureColumn[] columns = [.. FigureColumn.Recorded.Where(column => column.Flag is null)];

        // The numbers of the contexts on the current path; that of a thread's root is 0.
        readonly Stack<long> path = new();
        ExportedThread? thread;
        long last;

        public void Write(ExportedThread next)
        {
            thread = next;
            next.Tree.Visit(this);
        }

        public override void Enter(int method, in ContextFigures figures)
        {
            if (method < 0)
            {
                path.Push(0);
                return;
            }
            json.WriteStartObject();
            json.WriteNumber("id", ++last);
            json.WriteNumber("parent", path.Peek());
            json.WriteString("thread", thread!.Name);
            MachineFormats.WriteMethod(json, methods[method], thread.FiguresOf(figures), columns);
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            output.WriteByte((byte)'\n');
            path.Push(last);
        }

        public override void Leave() => path.Pop();
    }
}
