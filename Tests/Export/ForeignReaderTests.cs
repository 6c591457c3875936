using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;
using ProfilerWeaver.Tool;

namespace ProfilerWeaver.Tests.Export;

/// <summary>The tools for which profiles are exported find in them what <c>stats --format json</c> has: all calls, and the largest own
/// times.</summary>
sealed partial class ForeignReaderTests : IDisposable
{
    const double Nanosecond = 1e-9;

    readonly TemporaryFolder folder = new();
    readonly Stats stats;
    readonly long calls;
    readonly (string Name, double Self)[] top;

    public ForeignReaderTests()
    {
        ProfFile.Write(Profile(), folder.File("app.prof"));
        stats = new Stats(folder.File("app.prof"));
        Write("json", "app.json");
        using var json = JsonDocument.Parse(File.ReadAllText(folder.File("app.json")));
        calls = json.RootElement.GetProperty("calls").GetInt64();
        top = Top(json.RootElement.GetProperty("methods").EnumerateArray().Select(method =>
            (BareName(method.GetProperty("name").GetString()!), method.GetProperty("tottime").GetDouble())));
    }

    public void Dispose() => folder.Dispose();

    [Test]
    public void Pprof_of_Go()
    {
        var file = Write("pprof", "app.pb.gz");

        AssertTop(Rows(Pprof(file, "time")).Select(row => (row.Name, row.Flat * Nanosecond)));
        Assert.That(Rows(Pprof(file, "calls")).Sum(row => row.Flat), Is.EqualTo(calls));
        var peek = OtherTool.Run("go", "tool", "pprof", "-peek", Regex.Escape(top[0].Name) + "$", "-unit=ns", file);
        Assert.That(peek, Does.Match($@"(?m)^ *{Whole(top[0].Self)}ns .*\| {Regex.Escape(top[0].Name)}$"));
    }

    [Test]
    public void Pprof_of_Go_chooses_by_the_labels_of_scopes()
    {
        const string Request = "request route=/orders user=\"Ann Lee\"";
        var tree = new TreeText("a.cs", "scope", "a.cs", "scope").Add(1, "Main")
            .Add(2, "Main", Request).Add(4, "Main", Request, "Load").Add(8, "Main", Request, "render user=Bob")
            .Add(16, "Main", "Load").Build();
        using (var output = File.Create(folder.File("scopes.pb.gz")))
            output.Write(Exported.Bytes(tree, new PprofWriter()));

        Assert.That(Sum("route=/orders"), Is.EqualTo(2 + 4 + 8));
        Assert.That(Sum("user=Ann Lee"), Is.EqualTo(2 + 4));
        Assert.That(Sum("user=Bob"), Is.EqualTo(8));
        Assert.That(Sum("scope=request"), Is.EqualTo(2 + 4));

        long Sum(string tag) => Rows(OtherTool.RunIn(folder.Location, "go", "tool", "pprof", "-top", "-unit=ns", "-nodecount=100000",
            "-nodefraction=0", "-edgefraction=0", "-sample_index=calls", $"-tagfocus={tag}", folder.File("scopes.pb.gz")))
            .Sum(row => row.Flat);
    }

    [Test]
    public void Speedscope([Values("speedscope", "collapsed", "cpuprofile", "pprof")] string format)
    {
        var profiles = NpmReaders.Speedscope(Write(format, "app." + format)).EnumerateArray().ToList();

        var unit = format switch { "cpuprofile" => 1e-6, _ => Nanosecond };
        AssertTop(profiles.Where(profile => format != "speedscope" || NameOf(profile).EndsWith(": time", StringComparison.Ordinal))
            .SelectMany(profile => profile.GetProperty("frames").EnumerateArray())
            .Select(frame => (Unescaped(NameOf(frame)), frame.GetProperty("self").GetDouble() * unit)));
        if (format == "speedscope")
        {
            Assert.That(profiles.Where(profile => NameOf(profile).EndsWith(": calls", StringComparison.Ordinal))
                .Sum(profile => profile.GetProperty("total").GetInt64()), Is.EqualTo(calls));
        }

        string NameOf(JsonElement named) => named.GetProperty("name").GetString()!;

        string Unescaped(string name) => format == "collapsed" ? Uri.UnescapeDataString(name) : name;
    }

    [Test]
    public void Speedscope_reads_the_numbered_names_of_callgrind() =>
        Assert.That(NpmReaders.Speedscope(Write("callgrind", "callgrind.out")).GetArrayLength(), Is.EqualTo(1));

    [Test]
    public void Calls_of_collapsed_stacks_and_of_nodes()
    {
        var collapsed = File.ReadAllLines(Write("collapsed", "calls.folded", new() { Metric = ExportMetric.Calls }));
        using var nodes = JsonDocument.Parse(File.ReadAllText(Write("cpuprofile", "app.cpuprofile")));

        Assert.That(collapsed.Sum(line => long.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture)), Is.EqualTo(calls));
        Assert.That(nodes.RootElement.GetProperty("nodes").EnumerateArray().Sum(node => node.GetProperty("hitCount").GetInt64()), Is.EqualTo(calls));
    }

    [Test]
    public void Callgrind_annotate()
    {
        var file = Write("callgrind", "callgrind.out");

        var own = Costs().Matches(OtherTool.RunIn(folder.Location, "callgrind_annotate", "--auto=no", "--threshold=100", file));
        AssertTop(own.Select(match => (NameIn(match.Groups["name"].Value), Number(match.Groups["cost"].Value) * Nanosecond)));
        var tree = OtherTool.RunIn(folder.Location, "callgrind_annotate", "--auto=no", "--threshold=100", "--tree=caller", file);
        Assert.That(CallsOfEdges().Matches(tree).Sum(match => Number(match.Groups[1].Value)), Is.EqualTo(calls));

        // After the file, which has no colon before its end.
        string NameIn(string text) => top.Select(row => row.Name).FirstOrDefault(name =>
            Regex.IsMatch(text, $@":{Regex.Escape(name)}(:\d+)?( \[\])?$"), text);

        static long Number(string text) => long.Parse(text, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    [Test]
    public void Firefox_profiler()
    {
        var file = Write("firefox", "app.firefox.json");
        // It waits half a second for what it starts, which may be longer in coming.
        OtherTool.Try(folder.Location, "node", NpmReaders.ProfilerCli, "load", file, "--session", "test");
        try
        {
            for (var i = 0; i < 60 && OtherTool.Try(folder.Location, "node", NpmReaders.ProfilerCli, "status", "--session", "test").ExitCode != 0; i++)
                Thread.Sleep(500);
            var threads = new ExportedProfile(stats, new()).Threads.Count;
            var times = Enumerable.Range(0, threads).SelectMany(Functions);
            AssertTop(times.Select(function => (function.Name, function.Self / 1000)));
            Assert.That(Enumerable.Range(threads, threads).SelectMany(Functions).Sum(function => function.Self), Is.EqualTo(calls));
        }
        finally
        {
            OtherTool.Try(folder.Location, "node", NpmReaders.ProfilerCli, "stop", "test");
        }

        List<(string Name, double Self)> Functions(int thread)
        {
            var output = OtherTool.RunIn(folder.Location, "node", NpmReaders.ProfilerCli, "thread", "functions", "--thread", $"t-{thread}",
                "--limit", "0", "--json", "--session", "test");
            using var json = JsonDocument.Parse(output);
            return [.. json.RootElement.GetProperty("functions").EnumerateArray().Select(function =>
                (function.GetProperty("name").GetString()!, function.GetProperty("selfSamples").GetDouble()))];
        }
    }

    [Test]
    public void Graphviz()
    {
        Write("dot", "app.dot", new() { MaxNodes = 16 });
        OtherTool.RunIn(folder.Location, "dot", "-Tsvg", "-oapp.svg", "app.dot");
        using var reader = XmlReader.Create(folder.File("app.svg"), new() { DtdProcessing = DtdProcessing.Ignore });
        var tips = XDocument.Load(reader).Descendants().SelectMany(element => element.Attributes())
            .Where(attribute => attribute.Name.LocalName == "title").Select(attribute => Tip().Match(attribute.Value))
            .Where(match => match.Success && !match.Groups["label"].Value.Contains(" -> ", StringComparison.Ordinal)).ToList();

        // The tooltip is there for the shape, and for the text in it.
        var rows = tips.DistinctBy(match => match.Value).ToList();
        Assert.That(rows.Sum(match => long.Parse(match.Groups["calls"].Value, CultureInfo.InvariantCulture)), Is.EqualTo(calls));
        AssertTop(rows.Select(match => (NameIn(match.Groups["label"].Value), double.Parse(match.Groups["self"].Value, CultureInfo.InvariantCulture)))
            .Where(row => row.Item1 != TreePruning.Name));

        static string NameIn(string label) => Regex.Match(label, @"^(?:\{(.*)\}|.*?:\d+\((.*)\))$") is { Success: true } match
            ? match.Groups[1].Value + match.Groups[2].Value : label;
    }

    [Test]
    public void Jq_adds_up_the_lines_of_the_tree()
    {
        var file = Write("jsonl", "app.jsonl");

        using var sums = JsonDocument.Parse(OtherTool.Run("jq", "-s",
            "{calls: map(.ncalls) | add, methods: group_by(.name) | map({name: .[0].name, self: map(.tottime) | add})}", file));

        Assert.That(sums.RootElement.GetProperty("calls").GetInt64(), Is.EqualTo(calls));
        AssertTop(sums.RootElement.GetProperty("methods").EnumerateArray().Select(method =>
            (BareName(method.GetProperty("name").GetString()!), method.GetProperty("self").GetDouble())));
    }

    [Test]
    public void Python_reads_the_table()
    {
        const string Script = "import csv, sys; print(sum(int(row['ncalls']) for row in csv.DictReader(open(sys.argv[1], newline='', encoding='utf-8'))))";

        Assert.That(CPython.Latest.Run(Script, Write("csv", "app.csv")).Trim(), Is.EqualTo($"{calls}"));
    }

    /// <summary>Three threads, recursion, and names of all kinds.</summary>
    static ProfileData Profile()
    {
        var random = new Random(5);
        var tree = new TreeBuilder();
        string[] odd = ["Map<K, V>.Add(K, V)", "it's \"quoted\"", "Größe.読む", "a;b", "C.<lambda>", "x:y", "100% [sure]", "operator ==(A, B)"];
        for (var i = 0; i < 40; i++)
        {
            tree.Method(i % 5 == 0 ? MethodLabel.External($"System.Text.Method{i}")
                : new MethodLabel($"src/File {i % 3}.cs", i + 1, i < odd.Length ? odd[i] : $"Shop.Type{i % 7}.Method{i}"));
        }
        for (var thread = 0; thread < 3; thread++)
        {
            if (thread > 0)
                tree.NextThread($"Worker {thread}");
            for (var depth = 0; tree.Now < 2_000_000_000L * (thread + 1);)
            {
                tree.Now += random.Next(2_000_000);
                if (depth > 8 || depth > 0 && random.Next(100) < 49)
                {
                    tree.Leave(isResume: random.Next(20) == 0);
                    depth--;
                }
                else
                {
                    tree.Enter(Math.Min(random.Next(40), random.Next(40)));
                    depth++;
                }
            }
        }
        return tree.Build(Nanosecond);
    }

    string Write(string format, string name, ExportOptions? options = null)
    {
        OutputFormats.Write(stats, OutputFormats.Named(format), options ?? new(), folder.File(name));
        return folder.File(name);
    }

    // Several methods may have a name; readers know no more than that.
    static (string Name, double Self)[] Top(IEnumerable<(string Name, double Self)> rows) =>
    [
        .. rows.GroupBy(row => row.Name).Select(same => (Name: same.Key, Self: same.Sum(row => row.Self)))
            .OrderByDescending(row => row.Self).Take(10),
    ];

    // A context's time may be rounded by less than a nanosecond, of which many add up.
    void AssertTop(IEnumerable<(string Name, double Self)> rows)
    {
        var found = Top(rows);
        Assert.That(found.Select(row => row.Name), Is.EqualTo(top.Select(row => row.Name)));
        for (var i = 0; i < top.Length; i++)
            Assert.That(found[i].Self, Is.EqualTo(top[i].Self).Within(1e-6).Percent.Or.EqualTo(top[i].Self).Within(1e-8), top[i].Name);
    }

    static string BareName(string name) => name.StartsWith('<') && name.EndsWith('>') ? name[1..^1] : name;

    static long Whole(double seconds) => (long)Math.Round(seconds / Nanosecond);

    string Pprof(string file, string metric) => OtherTool.RunIn(folder.Location, "go", "tool", "pprof", "-top", "-unit=ns", "-nodecount=100000",
        "-nodefraction=0", "-edgefraction=0", $"-sample_index={metric}", file);

    static IEnumerable<(string Name, long Flat)> Rows(string text) => text.Split('\n').SkipWhile(line => !line.Contains("flat%", StringComparison.Ordinal)
            || line.Contains("Showing", StringComparison.Ordinal)).Skip(1)
        .Select(line => line.Split(' ', 6, StringSplitOptions.RemoveEmptyEntries)).Where(cells => cells.Length == 6)
        .Select(cells => (cells[5], long.Parse(cells[0].Replace("ns", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)));

    [GeneratedRegex(@"(?m)^ *(?<cost>[\d,]+) \( *[\d.]+%\)  (?<name>.*:.*)$")]
    private static partial Regex Costs();

    [GeneratedRegex(@"(?m)^.* < .* \(([\d,]+)x\) \[\]$")]
    private static partial Regex CallsOfEdges();

    [GeneratedRegex(@"^(?<label>.*): (?<calls>\d+) calls, self (?<self>[^,]+), total ", RegexOptions.Singleline)]
    private static partial Regex Tip();
}
