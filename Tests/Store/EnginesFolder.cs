using ProfilerWeaver.Tests.Consumers;

namespace ProfilerWeaver.Tests.Store;

/// <summary>Other engines and servers, from npm.</summary>
static class EnginesFolder
{
    static readonly string Source = Path.Combine(PackageFeed.Repository, "Tests", "Store", "Engines");

    static readonly Lazy<string> Installed = new(() => NpmFolder.Install(Source, "engines"));

    /// <summary>A script of ours.</summary>
    public static string Script(string name) => Path.Combine(Source, name);

    /// <summary>A package, in the version of <c>package.json</c>.</summary>
    public static string Package(string name) => Path.Combine(Installed.Value, "node_modules", name);
}
