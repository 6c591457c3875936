namespace ProfilerWeaver;

/// <summary>One of the profiles in a file of speedscope: what was read, before the frames need be known.</summary>
sealed class SpeedscopeProfile
{
    readonly List<(char Type, int Frame, double At)> events = [];
    readonly List<int> stacks = [];
    readonly List<int> stackEnds = [];
    readonly List<double> weights = [];
    string type = "";
    string name = "";
    string unit = "none";
    string metric = "";
    long offset;
    double start;
    double end;

    /// <summary>Whether its values are what methods are measured by; otherwise they are numbers of calls or resumes.</summary>
    public bool IsTime => metric.Length == 0 || metric == ExportedMetricName.Time;

    /// <summary>The thread; exports have the metric behind it.</summary>
    public string ThreadName => metric.Length > 0 && name.EndsWith(": " + metric, StringComparison.Ordinal) ? name[..^(metric.Length + 2)] : name;

    /// <summary>What its values count, and the length of a tick: a nanosecond, or one of whatever it is.</summary>
    public (ClockUnit Unit, double SecondsPerTick) UnitOfTicks => unit switch
    {
        "nanoseconds" or "microseconds" or "milliseconds" or "seconds" => (ClockUnit.Seconds, 1e-9),
        "bytes" => (ClockUnit.Bytes, 1),
        _ => (ClockUnit.Samples, 1),
    };

    double TicksPerValue => unit switch
    {
        "microseconds" => 1e3,
        "milliseconds" => 1e6,
        "seconds" => 1e9,
        _ => 1,
    };

    public static SpeedscopeProfile Read(ref JsonCursor json)
    {
        var profile = new SpeedscopeProfile { offset = json.Offset };
        json.BeginObject();
        while (json.NextProperty(out var property))
            profile.ReadProperty(property, ref json);
        return profile.type is "evented" or "sampled"
            ? profile
            : throw json.Invalid("a profile is neither of the type 'evented' nor 'sampled'");
    }

    void ReadProperty(string property, ref JsonCursor json)
    {
        switch (property)
        {
            case "type": type = json.Text(); break;
            case "name": name = json.TextOrNull() ?? ""; break;
            case "unit": unit = json.Text(); break;
            case "startValue": start = json.Number(); break;
            case "endValue": end = json.Number(); break;
            case SpeedscopeName.Metric: metric = json.Text(); break;
            case "events":
                for (json.BeginArray(); json.NextItem();)
                    events.Add(ReadEvent(ref json));
                break;
            case "samples":
                for (json.BeginArray(); json.NextItem();)
                {
                    for (json.BeginArray(); json.NextItem();)
                        stacks.Add(FrameOf(ref json));
                    stackEnds.Add(stacks.Count);
                }
                break;
            case "weights":
                for (json.BeginArray(); json.NextItem();)
                    weights.Add(json.Number());
                break;
            default: json.Skip(); break;
        }
    }

    static (char Type, int Frame, double At) ReadEvent(ref JsonCursor json)
    {
        var (kind, frame, at) = ('\0', -1, 0.0);
        json.BeginObject();
        while (json.NextProperty(out var property))
        {
            switch (property)
            {
                case "type": kind = json.Text() is ['O' or 'C'] text ? text[0] : throw json.Invalid("an event is neither 'O' nor 'C'"); break;
                case "frame": frame = FrameOf(ref json); break;
                case "at": at = json.Number(); break;
                default: json.Skip(); break;
            }
        }
        return kind == '\0' || frame < 0 ? throw json.Invalid("an event lacks its type or its frame") : (kind, frame, at);
    }

    static int FrameOf(ref JsonCursor json) =>
        json.Whole() is >= 0 and <= int.MaxValue and var frame ? (int)frame : throw json.Invalid("there is no such frame");

    /// <summary>Adds its values to the tree of its thread.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="methods">The method of each frame.</param>
    /// <param name="file">The file, for messages.</param>
    public void AddTo(ImportedTree tree, List<int> methods, ForeignFile file)
    {
        if (type == "evented")
            AddEvents(tree, methods, file);
        else
            AddSamples(tree, methods, file);
    }

    void AddEvents(ImportedTree tree, List<int> methods, ForeignFile file)
    {
        var path = new Stack<(int Frame, int Context)>();
        var now = start;
        foreach (var (kind, frame, at) in events)
        {
            if (at < now)
                throw file.Invalid(offset, $"the event at {at} of profile '{name}' comes after that at {now}");
            AddSince(at);
            if (kind == 'O')
                path.Push((frame, tree.Below(path.Count == 0 ? ImportedTree.Root : path.Peek().Context, Method(frame, methods, file), offset)));
            else if (path.Count == 0 || path.Pop().Frame != frame)
                throw file.Invalid(offset, $"an event at {at} of profile '{name}' leaves a frame that was not entered last");
        }
        AddSince(Math.Max(now, end));

        // Rounded as times, not as differences, so that the sum is right.
        void AddSince(double at)
        {
            if (path.Count > 0)
                Add(tree, path.Peek().Context, (long)Math.Round(at * TicksPerValue) - (long)Math.Round(now * TicksPerValue));
            now = at;
        }
    }

    void AddSamples(ImportedTree tree, List<int> methods, ForeignFile file)
    {
        if (weights.Count > 0 && weights.Count != stackEnds.Count)
            throw file.Invalid(offset, $"profile '{name}' has {stackEnds.Count} samples and {weights.Count} weights");
        var (from, before, sum) = (0, 0L, 0.0);
        for (var i = 0; i < stackEnds.Count; i++)
        {
            var context = ImportedTree.Root;
            for (; from < stackEnds[i]; from++)
                context = tree.Below(context, Method(stacks[from], methods, file), offset);
            sum += weights.Count > 0 ? weights[i] : 1;
            var after = (long)Math.Round(sum * TicksPerValue);
            Add(tree, context, after - before);
            before = after;
        }
    }

    void Add(ImportedTree tree, int context, long ticks) => tree.Add(context, metric switch
    {
        ExportedMetricName.Calls => new() { Calls = ticks },
        ExportedMetricName.Resumes => new() { Resumes = ticks },
        _ when UnitOfTicks.Unit == ClockUnit.Samples => new() { SelfTicks = ticks, Samples = ticks },
        _ => new() { SelfTicks = ticks },
    });

    int Method(int frame, List<int> methods, ForeignFile file) => frame < methods.Count
        ? methods[frame]
        : throw file.Invalid(offset, $"profile '{name}' has the frame {frame}, but there are {methods.Count}");
}
