using System.Text.Json;
using System.Xml.Linq;
using ProfilerWeaver.Weaving;

namespace ProfilerWeaver.Tool;

/// <summary>The .NET tools that are installed: those of the manifests in this folder and above it, global ones, and those
/// in folders of the search path.</summary>
static class InstalledTools
{
    const string Settings = "DotnetToolSettings.xml";
    const string Store = ".store";

    static string Home => Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);

    /// <summary>The tool with this command or package; null if there is none.</summary>
    /// <param name="name">The command, with <c>dotnet-</c> or without, or the name of the package.</param>
    public static TargetProgram? Find(string name)
    {
        foreach (var tool in All())
        {
            if (tool.Commands.Any(command => IsCalled(command, name)) || tool.Package.Equals(name, StringComparison.OrdinalIgnoreCase))
                return BuiltProgram.OfExecutable(name, tool.EntryPoint);
        }
        return null;
    }

    /// <summary>The command that is most like <paramref name="name"/>, if it is like it at all.</summary>
    public static string? Nearest(string name)
    {
        var commands = All().SelectMany(tool => tool.Commands).ToList();
        if (commands.Count == 0)
            return null;
        var nearest = NearestName.Of(name, commands);
        return nearest.Contains(name, StringComparison.OrdinalIgnoreCase)
            || name.Contains(nearest, StringComparison.OrdinalIgnoreCase)
            || nearest[0] == name[0] && Math.Abs(nearest.Length - name.Length) <= 2 ? nearest : null;
    }

    static bool IsCalled(string command, string name) =>
        command.Equals(name, StringComparison.OrdinalIgnoreCase)
        || command.Equals("dotnet-" + name, StringComparison.OrdinalIgnoreCase);

    static IEnumerable<InstalledTool> All() => OfManifests().Concat(InStores());

    static IEnumerable<InstalledTool> OfManifests()
    {
        for (var folder = Environment.CurrentDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            foreach (var file in new[] { Path.Combine(folder, ".config", "dotnet-tools.json"), Path.Combine(folder, "dotnet-tools.json") })
            {
                if (!File.Exists(file))
                    continue;
                using var manifest = JsonDocument.Parse(File.ReadAllText(file));
                foreach (var tool in manifest.RootElement.GetProperty("tools").EnumerateObject())
                {
                    var version = tool.Value.GetProperty("version").GetString()!;
                    var package = Path.Combine(UserPackages.Folder, tool.Name.ToLowerInvariant(), version.ToLowerInvariant());
                    foreach (var found in In(package, tool.Name))
                        yield return found;
                }
            }
        }
    }

    // A tool lies in .store/PACKAGE/VERSION beside the executable that starts it.
    static IEnumerable<InstalledTool> InStores()
    {
        foreach (var folder in SearchPath.Folders.Prepend(Path.Combine(Home, ".dotnet", "tools")).Distinct())
        {
            var store = new DirectoryInfo(Path.Combine(folder, Store));
            foreach (var package in store.Exists ? store.GetDirectories() : [])
                foreach (var found in In(package.FullName, package.Name))
                    yield return found;
        }
    }

    static IEnumerable<InstalledTool> In(string folder, string package)
    {
        if (!Directory.Exists(folder))
            yield break;
        foreach (var file in Directory.EnumerateFiles(folder, Settings, SearchOption.AllDirectories))
        {
            var settings = XDocument.Load(file);
            // A tool of several platforms has a package for each, which lies beside this one in the package cache.
            foreach (var platform in settings.Descendants("RuntimeIdentifierPackage").Select(of => (string?)of.Attribute("Id")))
            {
                var beside = Path.Combine(folder, "..", "..", platform?.ToLowerInvariant() ?? "", Path.GetFileName(folder));
                foreach (var found in In(Path.GetFullPath(beside), package))
                    yield return found;
            }
            var commands = settings.Descendants("Command").ToList();
            var entryPoint = commands.Select(command => (string?)command.Attribute("EntryPoint")).FirstOrDefault();
            if (entryPoint is not null)
            {
                yield return new(package, [.. commands.Select(command => (string?)command.Attribute("Name") ?? package)],
                    Path.Combine(Path.GetDirectoryName(file)!, entryPoint));
            }
        }
    }

    sealed record InstalledTool(string Package, string[] Commands, string EntryPoint);
}
