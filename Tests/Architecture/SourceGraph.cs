using Mono.Cecil;

namespace ProfilerWeaver.Tests.Architecture;

/// <summary>Which source file uses which, in compiled assemblies. Files that share a type are one: its parts know each
/// other.</summary>
sealed class SourceGraph
{
    /// <summary>What lies between the files of one type in a name.</summary>
    public const string Joint = " + ";

    /// <summary>Each file, or files of one type, with those that it uses. Paths are relative to the repository, with slashes.</summary>
    public Dictionary<string, HashSet<string>> Uses { get; } = [];

    /// <param name="root">The repository.</param>
    /// <param name="assemblies">With their symbols beside them.</param>
    public SourceGraph(string root, IEnumerable<string> assemblies)
    {
        var modules = assemblies
            .Select(path => ModuleDefinition.ReadModule(path, new ReaderParameters { ReadSymbols = true })).ToList();
        var units = new Dictionary<(string Assembly, string Type), string>();
        var declared = new List<(TypeDefinition Type, string Unit)>();
        foreach (var module in modules)
        {
            var files = SourceFiles.Of(module);
            foreach (var (type, unit) in Joined(root, files))
            {
                units[(module.Assembly.Name.Name, type.FullName)] = unit;
                declared.Add((type, unit));
                Uses.TryAdd(unit, []);
            }
        }
        foreach (var (outermost, unit) in declared)
        {
            foreach (var used in new[] { outermost }.Concat(Nested(outermost)).SelectMany(TypeUses.Of))
            {
                if (units.TryGetValue(NameOf(used), out var other) && other != unit)
                    Uses[unit].Add(other);
            }
        }
        modules.ForEach(module => module.Dispose());
    }

    static IEnumerable<TypeDefinition> Nested(TypeDefinition type) =>
        type.NestedTypes.SelectMany(nested => new[] { nested }.Concat(Nested(nested)));

    static (string Assembly, string Type) NameOf(TypeReference type)
    {
        while (type.DeclaringType is { } outer)
            type = outer;
        var assembly = type.Scope is AssemblyNameReference reference ? reference.Name : type.Module.Assembly.Name.Name;
        return (assembly, type.FullName);
    }

    // A file with two types, or a type in two files, makes one unit of them.
    static IEnumerable<(TypeDefinition Type, string Unit)> Joined(string root, Dictionary<TypeDefinition, HashSet<string>> files)
    {
        var unitOfFile = new Dictionary<string, HashSet<string>>();
        var unitOfType = new Dictionary<TypeDefinition, HashSet<string>>();
        foreach (var (type, own) in files)
        {
            var written = own.Where(file => IsWritten(root, file)).Select(file => Relative(root, file)).ToList();
            if (written.Count == 0)
                continue;
            var unit = written.ToHashSet();
            foreach (var file in written)
            {
                if (unitOfFile.TryGetValue(file, out var other))
                    unit.UnionWith(other);
            }
            foreach (var file in unit)
                unitOfFile[file] = unit;
            unitOfType[type] = unit;
        }
        return unitOfType.Select(pair =>
            (pair.Key, string.Join(Joint, unitOfFile[pair.Value.First()].Order(StringComparer.Ordinal))));
    }

    static bool IsWritten(string root, string file) =>
        file.StartsWith(root, StringComparison.Ordinal) && !file.Contains("/obj/") && !file.Contains("/Polyfills/");

    static string Relative(string root, string file) => Path.GetRelativePath(root, file).Replace('\\', '/');
}
