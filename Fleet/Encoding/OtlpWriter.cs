namespace ProfilerWeaver;

/// <summary>An OpenTelemetry message with a profile for each figure, whose samples are the contexts. All share their stacks.</summary>
/// <param name="labels">Under which labels.</param>
/// <param name="fromUtc">When it was recorded.</param>
/// <param name="duration">For how long.</param>
/// <param name="id">The id of the message; null: it is not known yet.</param>
sealed class OtlpWriter(PushLabels labels, DateTime fromUtc, TimeSpan duration, Guid? id) : IProfileWriter
{
    const string ThreadKey = "thread.name";
    const int NanosecondsPerTick = 100;
    const int LengthOfId = 16;

    // What OpenTelemetry calls what profiles say.
    static readonly Dictionary<string, string> KnownKeys = new() { ["machine"] = "host.name", ["version"] = "service.version" };

    public void Write(ExportedProfile profile, Stream output)
    {
        using var dictionary = new OtlpDictionary(profile.Program);
        ExportMetric[] metrics = [.. profile.Metrics.Where(metric => metric.IsTime || profile.Threads.Any(thread => thread.Has(metric)))];
        var profiles = Array.ConvertAll(metrics, _ => new ProtobufMessage());
        foreach (var thread in profile.Threads)
        {
            using var samples = new Samples(thread, profile, metrics, profiles, dictionary);
            thread.Tree.Visit(samples);
        }
        using var scope = new ProtobufMessage();
        using var part = new ProtobufMessage();
        scope.Message(OtlpField.ScopeProfiles.Scope, part.Text(OtlpField.Scope.Name, "ProfilerWeaver"));
        for (var i = 0; i < metrics.Length; i++)
        {
            var name = metrics[i].IsTime ? MeasuredName.Of(profile.Stats) : metrics[i].Name;
            profiles[i].Message(OtlpField.Profile.SampleType, part.Number(OtlpField.ValueType.Type, dictionary.TextOf(name))
                .Number(OtlpField.ValueType.Unit, dictionary.TextOf(metrics[i].UnitFor(profile.Stats.Unit))))
                .Fixed(OtlpField.Profile.Time, (ulong)((fromUtc - DateTime.UnixEpoch).Ticks * NanosecondsPerTick))
                .Number(OtlpField.Profile.Duration, duration.Ticks * NanosecondsPerTick);
            if (id is { } known)
                profiles[i].Bytes(OtlpField.Profile.Id, IdOf(known, i));
            scope.Message(OtlpField.ScopeProfiles.Profile, profiles[i]);
            profiles[i].Dispose();
        }
        using var resource = new ProtobufMessage();
        WriteResource(resource);
        using var message = new ProtobufMessage();
        message.Message(OtlpField.Request.ResourceProfiles, part.Message(OtlpField.ResourceProfiles.Resource, resource)
            .Message(OtlpField.ResourceProfiles.ScopeProfiles, scope))
            .Message(OtlpField.Request.Dictionary, dictionary.End());
        message.MoveTo(output);
    }

    // One for each profile of the message.
    static byte[] IdOf(Guid id, int profile)
    {
        var bytes = new byte[LengthOfId];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[^1] += (byte)profile;
        return bytes;
    }

    void WriteResource(ProtobufMessage resource)
    {
        using var pair = new ProtobufMessage();
        using var value = new ProtobufMessage();
        Add("service.name", labels.Service);
        foreach (var label in labels.Pairs)
            Add(KnownKeys.GetValueOrDefault(label.Key, label.Key), label.Value);

        void Add(string key, string text) => resource.Message(OtlpField.Resource.Attribute, pair.Text(OtlpField.KeyValue.Key, key)
            .Message(OtlpField.KeyValue.Value, value.Text(OtlpField.AnyValue.Text, Printable.Text(text))));
    }

    sealed class Samples(ExportedThread thread, ExportedProfile profile, ExportMetric[] metrics, ProtobufMessage[] profiles,
        OtlpDictionary dictionary) : ContextSink, IDisposable
    {
        readonly WholeNumbers[] numbers = Array.ConvertAll(metrics, metric => thread.NumbersOf(metric));
        readonly int ofThread = dictionary.AttributeOf(ThreadKey, thread.Name);
        readonly Stack<long> path = new();
        readonly Stack<int> stacks = new();

        // For each context on the path that is a scope, what it has beside the thread.
        readonly Stack<(int Depth, ScopeName Name, long[] Attributes)> scopes = new();
        readonly ProtobufMessage sample = new();

        public override void Enter(int method, in ContextFigures figures)
        {
            if (method < 0)
                return;
            var label = profile.Methods[method];
            path.Push(dictionary.LocationOf(label));
            stacks.Push(dictionary.StackOf(stacks.TryPeek(out var outer) ? outer : 0, path));
            if (ScopeName.Is(label))
                Open(ScopeName.Parse(label.Name));
            for (var i = 0; i < metrics.Length; i++)
            {
                if (numbers[i].Next(metrics[i].Of(figures)) is not 0 and var number)
                    Add(profiles[i], number);
            }
        }

        public override void Leave()
        {
            if (scopes.Count > 0 && scopes.Peek().Depth == path.Count)
                scopes.Pop();
            if (path.Count == 0)
                return;
            path.Pop();
            stacks.Pop();
        }

        public void Dispose() => sample.Dispose();

        void Add(ProtobufMessage to, long number) => to.Message(OtlpField.Profile.Sample, sample
            .Number(OtlpField.Sample.Stack, stacks.Peek())
            .Packed(OtlpField.Sample.Attributes, scopes.Count == 0 ? [ofThread] : scopes.Peek().Attributes)
            .Packed(OtlpField.Sample.Values, [number]));

        // The innermost scope, and the keys of all of them: what is further in hides what is further out.
        void Open(ScopeName scope)
        {
            var values = new Dictionary<string, string> { [ScopeName.File] = scope.Label };
            foreach (var pair in scopes.Select(outer => outer.Name).Prepend(scope).SelectMany(open => open.Pairs))
                values.TryAdd(pair.Key, pair.Value);
            var most = (profile.Options.MaxLabels ?? int.MaxValue) - 1;
            scopes.Push((path.Count, scope,
                [ofThread, .. values.Take(most).Select(pair => (long)dictionary.AttributeOf(pair.Key, pair.Value))]));
        }
    }
}
