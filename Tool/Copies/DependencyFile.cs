using System.Text.Json;
using System.Text.Json.Nodes;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>A program's <c>.deps.json</c>, which tells the host of .NET what belongs to the program.</summary>
sealed class DependencyFile
{
    const string ProjectType = "project";
    const string PackageType = "package";
    const string FrameworkType = "runtimepack";

    readonly JsonNode root;

    DependencyFile(JsonNode root) => this.root = root;

    /// <summary>Reads the file; null if there is none.</summary>
    /// <exception cref="ToolException">It is not well-formed.</exception>
    public static DependencyFile? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        try
        {
            return new(JsonNode.Parse(File.ReadAllText(path)) ?? new JsonObject());
        }
        catch (JsonException e)
        {
            throw new ToolException($"{path} is not well-formed JSON: {e.Message} Rebuild the program.", cause: e);
        }
    }

    /// <summary>The assemblies of the program: their paths relative to its folder, and what they are.</summary>
    public IEnumerable<(string Path, AssemblyOrigin Origin)> Assemblies()
    {
        foreach (var (library, assets) in Target())
        {
            var origin = (string?)root["libraries"]?[library]?["type"] switch
            {
                ProjectType => AssemblyOrigin.Own,
                PackageType => AssemblyOrigin.Package,
                FrameworkType => AssemblyOrigin.Framework,
                _ => AssemblyOrigin.File,
            };
            // What a package has below lib lies beside the program, unless the file itself says where.
            foreach (var (path, asset) in Objects(assets?["runtime"]))
                yield return ((string?)asset?["localPath"] ?? Path.GetFileName(path), origin);
            foreach (var (path, asset) in Objects(assets?["runtimeTargets"]))
            {
                if ((string?)asset?["assetType"] == "runtime")
                    yield return (path.Replace('/', Path.DirectorySeparatorChar), origin);
            }
        }
    }

    /// <summary>The managed assets of all libraries: the library, the path relative to the program's folder with
    /// <c>/</c>, and the asset's properties.</summary>
    public IEnumerable<(string Library, string Path, JsonObject? Properties)> Assets()
    {
        foreach (var (library, assets) in Target())
        {
            foreach (var (path, asset) in Objects(assets?["runtime"]))
                yield return (library, (string?)asset?["localPath"] ?? path[(path.LastIndexOf('/') + 1)..], asset as JsonObject);
            foreach (var (path, asset) in Objects(assets?["runtimeTargets"]))
            {
                if ((string?)asset?["assetType"] == "runtime")
                    yield return (library, path, asset as JsonObject);
            }
        }
    }

    /// <summary>The text of the file with an assembly more, which lies beside the program.</summary>
    public string With(string assembly, Version version)
    {
        Add(assembly, version);
        return root.ToJsonString(new() { WriteIndented = true });
    }

    void Add(string assembly, Version version)
    {
        // The host would prefer one that a package has for its platform.
        foreach (var (_, library) in Target())
        {
            if (library?["runtimeTargets"] is not JsonObject assets)
                continue;
            foreach (var path in assets.Select(asset => asset.Key).ToList())
            {
                if (Path.GetFileName(path).Equals(assembly + ".dll", StringComparison.OrdinalIgnoreCase))
                    assets.Remove(path);
            }
        }
        var name = $"{assembly}/{version.ToString(3)}";
        if (!Target().Any(library => library.Key.StartsWith(assembly + "/", StringComparison.OrdinalIgnoreCase)))
        {
            Target().Add(name, new JsonObject
            {
                ["runtime"] = new JsonObject
                {
                    [assembly + ".dll"] = new JsonObject
                    {
                        ["assemblyVersion"] = version.ToString(),
                        ["fileVersion"] = version.ToString(),
                    },
                },
            });
            Child(root.AsObject(), "libraries").Add(name,
                new JsonObject { ["type"] = "reference", ["serviceable"] = false, ["sha512"] = "" });
        }
    }

    /// <summary>The text of the file for a copy of the program that has its woven assemblies and the recorder, and finds all
    /// else in the program's folder, which is a path to probe.</summary>
    public string Beside(string folder)
    {
        var copy = new DependencyFile(root.DeepClone());
        foreach (var (library, assets) in copy.Target())
        {
            foreach (var (kind, list) in Objects(assets).ToList())
            {
                if (kind is "runtime" or "native" or "resources" && list is JsonObject files)
                    assets![kind] = new JsonObject(files.Select(file =>
                        KeyValuePair.Create(PathIn(folder, file.Key, kind), file.Value?.DeepClone())));
            }
            if (copy.root["libraries"]?[library] is JsonObject properties)
                properties["path"] = ".";
        }
        return copy.With(RecorderMember.Assembly, typeof(Recorder).Assembly.GetName().Version!);
    }

    // A package's folders are gone once it is published, but for that of the culture.
    static string PathIn(string folder, string asset, string kind)
    {
        if (File.Exists(Path.Combine(folder, asset)))
            return asset;
        var names = asset.Split('/');
        return kind == "resources" && names.Length > 1 ? names[^2] + "/" + names[^1] : names[^1];
    }

    JsonObject Target()
    {
        var targets = Child(root.AsObject(), "targets");
        var name = (string?)(root["runtimeTarget"] is JsonObject target ? target["name"] : root["runtimeTarget"]);
        return name is not null ? Child(targets, name) : targets.FirstOrDefault().Value as JsonObject ?? [];
    }

    static JsonObject Child(JsonObject parent, string name)
    {
        if (parent[name] is not JsonObject child)
            parent[name] = child = [];
        return child;
    }

    static IEnumerable<KeyValuePair<string, JsonNode?>> Objects(JsonNode? node) => node as JsonObject ?? [];
}

/// <summary>Where an assembly of a program comes from.</summary>
enum AssemblyOrigin
{
    /// <summary>From a project of the program.</summary>
    Own,

    /// <summary>From a package.</summary>
    Package,

    /// <summary>From another file.</summary>
    File,

    /// <summary>From .NET, which a self-contained program brings along.</summary>
    Framework,
}
