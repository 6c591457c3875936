using Mono.Cecil;
using ProfilerWeaver.Tests.Support;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tests.Languages;

/// <summary>All rows that a scenario assembly can have, external calls among them.</summary>
sealed class WovenRows
{
    static readonly Dictionary<(string, string), WovenRows> Made = [];

    WovenRows(IReadOnlyList<(MethodLabel Label, string Method)> methods, IReadOnlyList<MethodLabel> externals, WeavingReport report)
    {
        Methods = methods;
        ExternalLabels = externals;
        Report = report;
    }

    /// <summary>The woven methods: the label, and the name in metadata.</summary>
    public IReadOnlyList<(MethodLabel Label, string Method)> Methods { get; }

    /// <summary>The names of the methods outside that are called, without what marks them as such.</summary>
    public IEnumerable<string> Externals => ExternalLabels.Select(label => label.Name[1..^1]);

    public IReadOnlyList<MethodLabel> ExternalLabels { get; }

    public WeavingReport Report { get; }

    /// <summary>The rows of an assembly.</summary>
    /// <param name="name">The assembly, for example <c>Scenarios.FSharp</c>.</param>
    /// <param name="configuration">How it was compiled.</param>
    public static WovenRows Of(string name, string configuration)
    {
        lock (Made)
        {
            if (!Made.TryGetValue((name, configuration), out var rows))
                Made.Add((name, configuration), rows = Weave(name, configuration));
            return rows;
        }
    }

    /// <summary>The label of the only row with this name.</summary>
    public MethodLabel Row(string name) => Methods.Single(method => method.Label.Name == name).Label;

    static WovenRows Weave(string name, string configuration)
    {
        var folder = Path.Combine(WovenAssembly.Folder, "rows", configuration);
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, name + ".dll");
        var report = FileWeaving.Weave(Path.Combine(WovenAssembly.Folder, configuration, name + ".dll"), path,
            new() { Builtins = BuiltinCalls.All }, typeof(Recorder).Assembly.Location, [Path.GetDirectoryName(typeof(object).Assembly.Location)!]);
        using var module = ModuleDefinition.ReadModule(path);
        var (methods, externals) = Read(module.GetType(WovenModule.MarkerType).Fields.Single(field => field.InitialValue.Length > 0).InitialValue);
        return new([.. methods.Zip(report.Woven, (label, woven) => (label, woven.Method))], externals, report);
    }

    static unsafe (List<MethodLabel> Methods, List<MethodLabel> Externals) Read(byte[] bytes)
    {
        var methods = new List<MethodLabel>();
        var externals = new List<MethodLabel>();
        fixed (byte* start = bytes)
        {
            var table = MethodTable.Read(start, bytes.Length);
            for (var i = 0; i < table.Count; i++)
            {
                if (table.KindOf(i) == EntryKind.External)
                    externals.Add(table.LabelOf(i));
                else if (table.KindOf(i) == EntryKind.Ordinary)
                    methods.Add(table.LabelOf(i));
            }
        }
        return (methods, externals);
    }
}
