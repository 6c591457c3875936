using System.IO.Compression;

namespace ProfilerWeaver;

/// <summary>pprof's <c>profile.proto</c>, zipped: a sample for each context, with its stack and its figures.</summary>
sealed class PprofWriter : IProfileWriter
{
    const int NanosecondsPerTick = 100;
    const int OnlyMapping = 1;
    const string ThreadKey = "thread";

    public void Write(ExportedProfile profile, Stream output)
    {
        using var zip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true);
        WriteUnzipped(profile, zip);
    }

    /// <summary>Writes it as it is before it is zipped.</summary>
    public static void WriteUnzipped(ExportedProfile profile, Stream output)
    {
        using var message = new ProtobufMessage();
        var strings = new NumberedTexts();
        strings.Of("");
        ExportMetric[] metrics = [.. profile.Metrics];
        foreach (var metric in metrics)
        {
            using var type = new ProtobufMessage();
            message.Message(PprofField.Profile.SampleType, type.Number(PprofField.ValueType.Type, strings.Of(metric.Name))
                .Number(PprofField.ValueType.Unit, strings.Of(metric.UnitFor(profile.Stats.Unit))));
        }
        WriteMethods(profile, strings, message);
        foreach (var thread in profile.Threads)
        {
            using var samples = new Samples(thread, profile, metrics, strings, message, output);
            thread.Tree.Visit(samples);
        }
        if (profile.Stats.OnlyRecording is { } run)
        {
            message.Number(PprofField.Profile.Time, (run.StartedUtc - DateTime.UnixEpoch).Ticks * NanosecondsPerTick)
                .Number(PprofField.Profile.Duration, run.Duration.Ticks * NanosecondsPerTick);
        }
        var shown = metrics.Contains(ExportMetric.Time) ? ExportMetric.Time : ExportMetric.Calls;
        message.Number(PprofField.Profile.DefaultSampleType, strings.Of(shown.Name));
        foreach (var text in strings.Texts)
            message.Text(PprofField.Profile.Strings, text);
        message.MoveTo(output);
    }

    // A function for each method, and a location in it; what says that names are known keeps pprof from looking for them.
    static void WriteMethods(ExportedProfile profile, NumberedTexts strings, ProtobufMessage message)
    {
        using var part = new ProtobufMessage();
        using var line = new ProtobufMessage();
        message.Message(PprofField.Profile.Mapping, part.Number(PprofField.Mapping.Id, OnlyMapping)
            .Number(PprofField.Mapping.File, strings.Of(Printable.Text(profile.Program)))
            .Number(PprofField.Mapping.HasFunctions, 1).Number(PprofField.Mapping.HasFiles, 1).Number(PprofField.Mapping.HasLines, 1));
        var used = MethodsIn(profile);
        for (var i = 0; i < profile.Methods.Count; i++)
        {
            if (!used[i])
                continue;
            var label = profile.Methods[i];
            // Without a system name: pprof would take the name for mangled C++, and <lambda> for nothing.
            message.Message(PprofField.Profile.Function, part.Number(PprofField.Function.Id, i + 1)
                .Number(PprofField.Function.Name, strings.Of(ExportedProfile.NameOf(label)))
                .Number(PprofField.Function.File, strings.Of(ExportedProfile.FileOf(label) ?? ""))
                .Number(PprofField.Function.StartLine, label.Line));
            message.Message(PprofField.Profile.Location, part.Number(PprofField.Location.Id, i + 1)
                .Number(PprofField.Location.Mapping, OnlyMapping)
                .Message(PprofField.Location.Line,
                    line.Number(PprofField.Line.Function, i + 1).Number(PprofField.Line.Number, label.Line)));
        }
    }

    // Where contexts were put together, some may be in no stack.
    static bool[] MethodsIn(ExportedProfile profile)
    {
        var used = new bool[profile.Methods.Count];
        foreach (var thread in profile.Threads)
        {
            for (var context = 1; context < thread.Tree.Count; context++)
                used[thread.Tree.Columns.MethodOf(context)] = true;
        }
        return used;
    }

    sealed class Samples(ExportedThread thread, ExportedProfile profile, ExportMetric[] metrics, NumberedTexts strings,
        ProtobufMessage message, Stream output) : ContextSink, IDisposable
    {
        readonly IReadOnlyList<MethodLabel> methods = profile.Methods;
        readonly int mostLabels = profile.Options.MaxLabels ?? int.MaxValue;
        readonly WholeNumbers[] numbers = Array.ConvertAll(metrics, metric => thread.NumbersOf(metric));
        readonly long[] values = new long[metrics.Length];
        readonly Stack<long> path = new();

        // The scopes on the path, and how long it was with each.
        readonly Stack<(int Depth, ScopeName Name)> scopes = new();
        readonly ProtobufMessage sample = new();
        readonly ProtobufMessage label = new();

        public override void Enter(int method, in ContextFigures figures)
        {
            if (method < 0)
                return;
            path.Push(method + 1);
            if (ScopeName.Is(methods[method]))
                scopes.Push((path.Count, ScopeName.Parse(methods[method].Name)));
            for (var i = 0; i < values.Length; i++)
                values[i] = numbers[i].Next(metrics[i].Of(figures));
            if (Array.TrueForAll(values, value => value == 0))
                return;
            // From the innermost outwards, as a stack enumerates.
            sample.Packed(PprofField.Sample.Locations, path).Packed(PprofField.Sample.Values, values);
            AddLabel(ThreadKey, thread.Name);
            AddScopes();
            message.Message(PprofField.Profile.Sample, sample);
            message.MoveTo(output);
        }

        // The innermost scope, and the keys of all of them: what is further in hides what is further out.
        void AddScopes()
        {
            if (scopes.Count == 0)
                return;
            AddLabel(ScopeName.File, scopes.Peek().Name.Label);
            var known = new HashSet<string> { ThreadKey, ScopeName.File };
            foreach (var (_, scope) in scopes)
            {
                foreach (var pair in scope.Pairs)
                {
                    if (known.Count < mostLabels && known.Add(pair.Key))
                        AddLabel(pair.Key, pair.Value);
                }
            }
        }

        void AddLabel(string key, string value) => sample.Message(PprofField.Sample.Label, label
            .Number(PprofField.Label.Key, strings.Of(Printable.Text(key)))
            .Number(PprofField.Label.Text, strings.Of(Printable.Text(value))));

        public override void Leave()
        {
            if (scopes.Count > 0 && scopes.Peek().Depth == path.Count)
                scopes.Pop();
            if (path.Count > 0)
                path.Pop();
        }

        public void Dispose()
        {
            sample.Dispose();
            label.Dispose();
        }
    }
}
