using System.IO.Compression;

namespace ProfilerWeaver;

/// <summary>pprof's <c>profile.proto</c>, zipped: a sample for each context, with its stack and its figures.</summary>
sealed class PprofWriter : IProfileWriter
{
    const int NanosecondsPerTick = 100;
    const int OnlyMapping = 1;

    public void Write(ExportedProfile profile, Stream output)
    {
        using var zip = new GZipStream(output, CompressionLevel.Optimal, leaveOpen: true);
        using var message = new PprofMessage();
        var strings = new NumberedTexts();
        strings.Of("");
        ExportMetric[] metrics = [.. profile.Metrics];
        foreach (var metric in metrics)
        {
            using var type = new PprofMessage();
            message.Message(PprofField.Profile.SampleType, type.Number(PprofField.ValueType.Type, strings.Of(metric.Name))
                .Number(PprofField.ValueType.Unit, strings.Of(metric.UnitFor(profile.Stats.Unit))));
        }
        WriteMethods(profile, strings, message);
        foreach (var thread in profile.Threads)
        {
            using var samples = new Samples(thread, metrics, strings, message, zip);
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
        message.MoveTo(zip);
    }

    // A function for each method, and a location in it; what says that names are known keeps pprof from looking for them.
    static void WriteMethods(ExportedProfile profile, NumberedTexts strings, PprofMessage message)
    {
        using var part = new PprofMessage();
        using var line = new PprofMessage();
        message.Message(PprofField.Profile.Mapping, part.Number(PprofField.Mapping.Id, OnlyMapping)
            .Number(PprofField.Mapping.File, strings.Of(Printable.Text(profile.Program)))
            .Number(PprofField.Mapping.HasFunctions, 1).Number(PprofField.Mapping.HasFiles, 1).Number(PprofField.Mapping.HasLines, 1));
        for (var i = 0; i < profile.Methods.Count; i++)
        {
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

    sealed class Samples(ExportedThread thread, ExportMetric[] metrics, NumberedTexts strings, PprofMessage message, Stream output)
        : ContextSink, IDisposable
    {
        readonly WholeNumbers[] numbers = Array.ConvertAll(metrics, metric => thread.NumbersOf(metric));
        readonly long[] values = new long[metrics.Length];
        readonly Stack<long> path = new();
        readonly PprofMessage sample = new();
        readonly PprofMessage label = new();

        public override void Enter(int method, in ContextFigures figures)
        {
            if (method < 0)
                return;
            path.Push(method + 1);
            for (var i = 0; i < values.Length; i++)
                values[i] = numbers[i].Next(metrics[i].Of(figures));
            if (Array.TrueForAll(values, value => value == 0))
                return;
            // From the innermost outwards, as a stack enumerates.
            message.Message(PprofField.Profile.Sample, sample.Packed(PprofField.Sample.Locations, path)
                .Packed(PprofField.Sample.Values, values)
                .Message(PprofField.Sample.Label, label.Number(PprofField.Label.Key, strings.Of("thread"))
                    .Number(PprofField.Label.Text, strings.Of(Printable.Text(thread.Name)))));
            message.MoveTo(output);
        }

        public override void Leave()
        {
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
