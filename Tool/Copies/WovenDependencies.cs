using System.Text.Json.Nodes;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>Tells the host of .NET to load woven assemblies in place of the originals. It is a list of additional
/// dependencies: an entry there replaces one of the program that has the same name and no higher version. So the program
/// is started where it lies, and stays the program that it is: its base directory, its own
/// <c>.deps.json</c>, its content, its native libraries, and all that is not woven.</summary>
static class WovenDependencies
{
    public const string FileName = ProgramFolder.DependenciesFile;

    const string Target = "woven";
    const string Native = "dotnet-prof.native";

    /// <summary>The text of the list.</summary>
    /// <param name="program">The program.</param>
    /// <param name="dependencies">The program's own list; null if it has none.</param>
    /// <param name="paths">What is woven, relative to the program's folder.</param>
    /// <param name="libraries">Our own that woven assemblies load; they lie there, too.</param>
    /// <param name="folder">The folder in which the woven assemblies are going to lie, at the same relative paths.</param>
    public static string For(TargetProgram program, DependencyFile? dependencies, IEnumerable<string> paths, IEnumerable<string> libraries, string folder)
    {
        var way = FolderPath.From(program.Folder, folder).Replace('\\', '/');
        var woven = paths.Select(path => path.Replace('\\', '/')).ToHashSet();
        var assets = (dependencies?.Assets() ?? []).Where(asset => woven.Contains(asset.Path)).ToList();
        var listed = new JsonObject();
        foreach (var path in woven.Except(assets.Select(asset => asset.Path)))
            Add(path, path, "any", null);
        foreach (var (_, path, properties) in assets.Where(asset => Platform(asset.Properties) is null))
            Add(path, path, "any", properties);
        // Later ones win: what a package has for a platform replaces what it has for all. The host chooses among the
        // platforms of a library.
        foreach (var (library, path, properties) in assets)
        {
            if (Platform(properties) is { } platform)
                Add(library, path, platform, properties);
        }
        foreach (var library in libraries)
            Add(library, library, "any", HighestVersion());
        AddNativeLibraries();
        return new JsonObject
        {
            ["runtimeTarget"] = new JsonObject { ["name"] = Target },
            ["targets"] = new JsonObject { [Target] = listed },
            ["libraries"] = new JsonObject(listed.Select(library => KeyValuePair.Create<string, JsonNode?>(library.Key,
                new JsonObject { ["type"] = "reference", ["serviceable"] = false, ["sha512"] = "" }))),
        }.ToJsonString(new() { WriteIndented = true });

        // .NET looks for native libraries that no list has beside the assembly that needs them, which is in the cache now;
        // and in the folders of those that a list has.
        void AddNativeLibraries()
        {
            var native = new JsonObject();
            foreach (var file in Directory.EnumerateFiles(program.Folder).Where(IsNativeLibrary))
                native[Path.GetFileName(file)] = new JsonObject { ["rid"] = "any", ["assetType"] = "native" };
            if (native.Count > 0)
                listed[$"{Native}/{Target}"] = new JsonObject { ["runtimeTargets"] = native };
        }

        void Add(string library, string path, string platform, JsonObject? properties)
        {
            var asset = new JsonObject { ["rid"] = platform, ["assetType"] = "runtime" };
            foreach (var version in (string[])["assemblyVersion", "fileVersion"])
            {
                if (properties?[version] is { } known)
                    asset[version] = known.DeepClone();
            }
            var name = $"{library.Replace('/', '_')}/{Target}";
            listed.TryAdd(name, new JsonObject { ["runtimeTargets"] = new JsonObject() });
            // Assets that are specific to a platform are the only ones whose relative path the host keeps.
            listed[name]!["runtimeTargets"]![way + "/" + path] = asset;
        }
    }

    static bool IsNativeLibrary(string file) => Path.GetExtension(file) switch
    {
        ".so" or ".dylib" => true,
        ".dll" => OperatingSystem.IsWindows() && ImageHeaders.KindOf(File.ReadAllBytes(file)) == ImageKind.Native,
        _ => Path.GetFileName(file).Contains(".so.", StringComparison.Ordinal),
    };

    static string? Platform(JsonObject? properties) => (string?)properties?["rid"];

    // The tool can read what its own recorder writes.
    static JsonObject HighestVersion() =>
        new() { ["assemblyVersion"] = "65535.0.0.0", ["fileVersion"] = "65535.0.0.0" };
}
