namespace ProfilerWeaver;

/// <summary>A profile in the making: methods by label, and threads by name.</summary>
/// <param name="file">Where it comes from.</param>
sealed class ImportedProfile(ForeignFile file)
{
    readonly Dictionary<MethodLabel, int> places = [];
    readonly List<MethodLabel> methods = [];
    readonly Dictionary<string, int> threadPlaces = [];
    readonly List<(int Id, string Name, ImportedTree Tree)> threads = [];

    public string Clock { get; set; } = "";

    public string Program { get; set; } = "";

    public ClockUnit Unit { get; set; }

    public double SecondsPerTick { get; set; } = 1;

    public DateTime StartedUtc { get; set; }

    public TimeSpan Duration { get; set; }

    /// <summary>The number of a method.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="path">Its file; null or empty: not known.</param>
    /// <param name="line">Its line; 0 or less: not known.</param>
    public int MethodOf(string name, string? path, long line)
    {
        var label = LabelOf(name, path, line);
        if (!places.TryGetValue(label, out var place))
        {
            places[label] = place = methods.Count;
            methods.Add(label);
        }
        return place;
    }

    /// <summary>The label of a method. One of which only the name is known is shown like one outside the woven assemblies.</summary>
    public static MethodLabel LabelOf(string name, string? path, long line) => string.IsNullOrEmpty(path)
        ? MethodLabel.External(name)
        : new(path.StartsWith("file://", StringComparison.Ordinal) ? path["file://".Length..] : path, (int)Math.Clamp(line, 0, int.MaxValue), name);

    /// <summary>The tree of a thread: <c>thread 2 (name)</c> as exports call it, or any other name.</summary>
    public ImportedTree Thread(string name)
    {
        if (!threadPlaces.TryGetValue(name, out var place))
        {
            threadPlaces[name] = place = threads.Count;
            var (id, given) = NumberAndName(name);
            threads.Add((id ?? place + 1, given, new(file)));
        }
        return threads[place].Tree;
    }

    public ForeignContent Build()
    {
        var recording = new ProfileData
        {
            Methods = methods,
            Threads = threads.ConvertAll(thread => new ThreadTree(thread.Id, thread.Name, thread.Tree.Build())),
            SecondsPerTick = SecondsPerTick,
            Clock = Clock,
            Unit = Unit,
            Program = Program,
            StartedUtc = StartedUtc,
            Duration = Duration,
        };
        return new(FlatProfile.From(recording), recording, Unit);
    }

    static (int? Id, string Name) NumberAndName(string text)
    {
        const string prefix = "thread ";
        if (!text.StartsWith(prefix, StringComparison.Ordinal))
            return (null, text);
        var space = text.IndexOf(' ', prefix.Length);
        var number = space < 0 ? text[prefix.Length..] : text[prefix.Length..space];
        if (!int.TryParse(number, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var id))
            return (null, text);
        if (space < 0)
            return (id, "");
        var rest = text[(space + 1)..];
        return rest is ['(', .., ')'] ? (id, rest[1..^1]) : (null, text);
    }
}
